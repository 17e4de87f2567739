/** What enters. Decides the kind of space that it is sent to, and may decide the price. */
export const VEHICLE_KINDS = ['CAR', 'MOTORCYCLE', 'TRUCK'] as const;
export type VehicleKind = (typeof VEHICLE_KINDS)[number];
