import type { SpaceRow } from '../database/space.entity.js';
import type { SpaceStatus } from '../domain/space-kind.js';

/** A space as it was when the story ended. */
export type SpaceThen = SpaceRow & { status: SpaceStatus };

export interface SpaceNumberTaken {
  __typename: 'SpaceNumberTaken';
  message: string;
  numbers: string[];
}

export const numberTaken = (numbers: string[]): SpaceNumberTaken => ({
  __typename: 'SpaceNumberTaken',
  message: `The location has a space ${numbers[0] ?? ''} already.`,
  numbers,
});

export interface SpaceOccupied {
  __typename: 'SpaceOccupied';
  message: string;
  space: SpaceThen;
}

export const spaceOccupied = (space: SpaceThen): SpaceOccupied => ({
  __typename: 'SpaceOccupied',
  message: `The space ${space.number} is taken by a stay or a reservation.`,
  space,
});
