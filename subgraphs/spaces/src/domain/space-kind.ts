/** What a space is for. A vehicle is sent to a space of its own kind; the others are taken only by those who name them. */
export const SPACE_KINDS = [
  'CAR',
  'MOTORCYCLE',
  'TRUCK',
  'ACCESSIBLE',
  'EV',
  'DESK',
  'ROOM',
  'TABLE',
] as const;
export type SpaceKind = (typeof SPACE_KINDS)[number];

/** What a space is at an instant: read from its claims, never stored. */
export const SPACE_STATUSES = ['FREE', 'OCCUPIED', 'RESERVED', 'OUT_OF_SERVICE'] as const;
export type SpaceStatus = (typeof SPACE_STATUSES)[number];

/** Why a space is claimed. */
export const CLAIM_KINDS = ['STAY', 'RESERVATION', 'BLOCK'] as const;
export type ClaimKind = (typeof CLAIM_KINDS)[number];

/** The kind of claim that makes a space's status; a free space has none. */
export const CLAIM_OF_STATUS = {
  OCCUPIED: 'STAY',
  RESERVED: 'RESERVATION',
  OUT_OF_SERVICE: 'BLOCK',
} as const satisfies Record<Exclude<SpaceStatus, 'FREE'>, ClaimKind>;

const STATUS_OF_CLAIM: Record<ClaimKind, SpaceStatus> = {
  STAY: 'OCCUPIED',
  RESERVATION: 'RESERVED',
  BLOCK: 'OUT_OF_SERVICE',
};

export const statusOfClaim = (claim: ClaimKind | null | undefined): SpaceStatus =>
  claim ? STATUS_OF_CLAIM[claim] : 'FREE';
