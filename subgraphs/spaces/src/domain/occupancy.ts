/** How many spaces of a location are claimed, by kind of claim, at one instant. */
export interface ClaimedSpaces {
  total: number;
  occupied: number;
  reserved: number;
  outOfService: number;
}

export interface Occupancy extends ClaimedSpaces {
  /** Spaces that a vehicle could take now. */
  available: number;
  /** Occupied spaces as a share (0 to 1) of those in service; 0 where none is. */
  utilization: number;
  asOf: Date;
}

/** The occupancy of a location, from the counts of its claims. */
export function occupancyOf(claimed: ClaimedSpaces, asOf: Date): Occupancy {
  const { total, occupied, reserved, outOfService } = claimed;
  const inService = total - outOfService;
  return {
    total,
    occupied,
    reserved,
    outOfService,
    available: inService - occupied - reserved,
    utilization: inService === 0 ? 0 : occupied / inService,
    asOf,
  };
}
