/** What payments knows of a ticket's stay, told by the tickets subgraph. */
export const STAY_STATUSES = ['OPEN', 'SETTLED', 'CLOSED', 'VOID', 'LOST'] as const;
export type StayStatus = (typeof STAY_STATUSES)[number];

export const VEHICLE_KINDS = ['CAR', 'MOTORCYCLE', 'TRUCK'] as const;
export type VehicleKind = (typeof VEHICLE_KINDS)[number];

/** True while the vehicle is inside: it can be paid for and it can leave. */
export const isInside = (status: StayStatus): boolean =>
  status === 'OPEN' || status === 'SETTLED' || status === 'LOST';
