import { sql, type Statement } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { keyset, type Page } from '@plaza/platform/graphql/connection';
import type { Window } from '../domain/tariff/tariff-rules.js';

/** Hours in which the stays of a vehicle at a location cost nothing. */
export interface PermitRow {
  id: string;
  locationId: string;
  /** Normalised. */
  plate: string;
  windows: Window[];
  validFrom: Date;
  /** Excluded; null: until it is revoked. */
  validTo: Date | null;
  grantedAt: Date;
  revokedAt: Date | null;
}

const COLUMNS = sql`p.id, p.location_id as "locationId", p.plate, p.windows, p.valid_from as "validFrom",
  p.valid_to as "validTo", p.granted_at as "grantedAt", r.revoked_at as "revokedAt"`;
const PERMITS = sql`payments.permit p left join payments.permit_revocation r on r.permit_id = p.id`;

/** The hours of the permits that were valid when a `stay` in a FROM clause began: one column, "permitted". */
export const permitsOfStay = sql`
  select coalesce(jsonb_agg(hours order by p.id), '[]') as permitted
  from ${PERMITS} cross join lateral jsonb_array_elements(p.windows) hours
  where p.location_id = stay.location_id and p.plate = stay.plate and p.valid_from <= stay.entered_at
    and (p.valid_to is null or p.valid_to > stay.entered_at)
    and (r.revoked_at is null or r.revoked_at > stay.entered_at)`;

export const findPermit = (tx: Transaction, id: string): Promise<PermitRow | undefined> =>
  tx.row<PermitRow>(sql`select ${COLUMNS} from ${PERMITS} where p.id = ${id}`);

export async function insertPermit(
  tx: Transaction,
  permit: Omit<PermitRow, 'revokedAt'>,
): Promise<PermitRow> {
  await tx.run(sql`
    insert into payments.permit (id, location_id, plate, windows, valid_from, valid_to, granted_at)
    values (${permit.id}, ${permit.locationId}, ${permit.plate}, ${JSON.stringify(permit.windows)},
      ${permit.validFrom}, ${permit.validTo}, ${permit.grantedAt})`);
  return { ...permit, revokedAt: null };
}

/** Revokes a permit, once; false: it was revoked before. */
export const revoke = async (
  tx: Transaction,
  { id, locationId }: Pick<PermitRow, 'id' | 'locationId'>,
  revokedAt: Date,
): Promise<boolean> =>
  (await tx.run(sql`
    insert into payments.permit_revocation (permit_id, location_id, revoked_at)
    values (${id}, ${locationId}, ${revokedAt}) on conflict (permit_id) do nothing`)) === 1;

const ofPlate = (plate: string | null): Statement => (plate === null ? sql`true` : sql`p.plate = ${plate}`);

/** The same page of the permits of each of these locations, the newest first. */
export const listPermits = (
  tx: Transaction,
  locationIds: readonly string[],
  plate: string | null,
  page: Page,
): Promise<PermitRow[]> =>
  tx.rows<PermitRow>(sql`
    select listed.* from unnest(${locationIds}::uuid[]) wanted (location_id)
    cross join lateral (
      select ${COLUMNS} from ${PERMITS}
      where p.location_id = wanted.location_id and ${ofPlate(plate)} ${keyset(page, 'p.id', 'desc')}
    ) listed`);

export async function countPermits(
  tx: Transaction,
  locationId: string,
  plate: string | null,
): Promise<number> {
  const { count } = await tx.one<{ count: number }>(sql`
    select count(*) from payments.permit p where p.location_id = ${locationId} and ${ofPlate(plate)}`);
  return count;
}
