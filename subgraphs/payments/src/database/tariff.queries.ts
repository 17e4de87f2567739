import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { TariffVersion, type TariffVersionRow } from './tariff-version.entity.js';

export interface LockedTariff {
  tariffId: string;
  /** 0 before the first version. */
  lastNumber: number;
  /** When each version begins that was not withdrawn. */
  starts: Date[];
  /** One of them prices what is left of a stay anew when another one begins. */
  splits: boolean;
}

/** The location's tariff, made at its first use, locked until the transaction ends: versions are numbered one by one. */
export async function lockTariff(tx: Transaction, locationId: string): Promise<LockedTariff> {
  const [, tariff, last, starts] = await Promise.all([
    tx.run(sql`
      insert into payments.tariff (location_id) values (${locationId}) on conflict (tenant_id, location_id) do nothing`),
    tx.one<{ id: string }>(sql`select id from payments.tariff where location_id = ${locationId} for update`),
    tx.one<{ number: number }>(sql`
      select coalesce(max(number), 0) as number from payments.tariff_version where location_id = ${locationId}`),
    tx.rows<{ startsAt: Date; splits: boolean }>(sql`
      select s.starts_at as "startsAt", v.rules ->> 'onNewVersion' = 'SPLIT' as splits
      from payments.tariff_start s join payments.tariff_version v on v.id = s.version_id
      where s.location_id = ${locationId}`),
  ]);
  return {
    tariffId: tariff.id,
    lastNumber: last.number,
    starts: starts.map(({ startsAt }) => startsAt),
    splits: starts.some(({ splits }) => splits),
  };
}

/** A version, read when no publication or retirement of its location is under way; none begins until the transaction ends. */
export async function lockVersion(tx: Transaction, id: string): Promise<TariffVersionRow | undefined> {
  const [, [version]] = await Promise.all([
    tx.run(sql`
      select from payments.tariff t join payments.tariff_version v on v.tariff_id = t.id
      where v.id = ${id} for update of t`),
    readVersions(tx, [id]),
  ]);
  return version;
}

/** What of a version is stored; the rest follows from its place among the others. */
export type NewVersion = Omit<TariffVersionRow, 'publishedAt' | 'effectiveUntil' | 'retiredFrom'>;

export async function insertVersion(tx: Transaction, version: NewVersion): Promise<TariffVersionRow> {
  const [, [inserted]] = await Promise.all([
    tx.run(sql`
      insert into payments.tariff_version (id, tariff_id, location_id, number, name, effective_from, rules)
      values (${version.id}, ${version.tariffId}, ${version.locationId}, ${version.number}, ${version.name},
        ${version.effectiveFrom}, ${JSON.stringify(version.rules)})`),
    readVersions(tx, [version.id]),
  ]);
  if (!inserted) throw new Error(`Tariff version ${version.id} was not stored.`);
  return inserted;
}

export const readVersions = (tx: Transaction, ids: readonly string[]): Promise<TariffVersionRow[]> =>
  tx.rows<TariffVersionRow>(sql`
    select ${sql.columns(TariffVersion)} from payments.tariff_validity where id = any (${ids}::uuid[])`);

/** A page of a location's versions: at most so many, behind the version `after` or from the first one on. */
export interface VersionPage {
  locationId: string;
  first: number;
  after: string | null;
}

/** Pages of versions, the one that begins last first, in the order of the questions. */
export async function readVersionPages(
  tx: Transaction,
  asked: readonly VersionPage[],
): Promise<TariffVersionRow[][]> {
  const locations = asked.map(({ locationId }) => locationId);
  const sizes = asked.map(({ first }) => first);
  const behind = asked.map(({ after }) => after);
  const rows = await tx.rows<TariffVersionRow & { place: number }>(sql`
    select asked.place, ${sql.columns(TariffVersion, 'v')}
    from unnest(${locations}::uuid[], ${sizes}::integer[], ${behind}::uuid[]) with ordinality asked(location_id, most, after, place)
    left join payments.tariff_version last on last.id = asked.after and last.location_id = asked.location_id
    cross join lateral (
      select * from payments.tariff_validity v where v.location_id = asked.location_id
        and (asked.after is null or (v.effective_from, v.number) < (last.effective_from, last.number))
      order by v.effective_from desc, v.number desc limit asked.most
    ) v order by asked.place, v.effective_from desc, v.number desc`);
  const byPlace = Map.groupBy(rows, ({ place }) => place);
  return asked.map((_, index) =>
    (byPlace.get(index + 1) ?? []).map(({ place: _place, ...version }) => version),
  );
}

/** Retires a version, once; false: it was retired before. */
export const retireVersion = async (
  tx: Transaction,
  { id, locationId }: Pick<TariffVersionRow, 'id' | 'locationId'>,
  from: Date,
): Promise<boolean> =>
  (await tx.run(sql`
    insert into payments.tariff_retirement (version_id, location_id, retired_from)
    values (${id}, ${locationId}, ${from}) on conflict (version_id) do nothing`)) === 1;

/** Names a location's tariff at an instant. */
export interface TariffAt {
  locationId: string;
  at: Date | string;
}

/** The version in force at each place and time, in the order of the questions; null where there is none. */
export async function readVersionsInForce(
  tx: Transaction,
  asked: readonly TariffAt[],
): Promise<(TariffVersionRow | null)[]> {
  const locations = asked.map(({ locationId }) => locationId);
  const instants = asked.map(({ at }) => at);
  const rows = await tx.rows<TariffVersionRow & { place: number }>(sql`
    select asked.place, ${sql.columns(TariffVersion, 'v')}
    from unnest(${locations}::uuid[], ${instants}::timestamptz[]) with ordinality asked(location_id, at, place)
    cross join lateral (
      select * from payments.tariff_validity v
      where v.location_id = asked.location_id and v.effective_from <= asked.at
        and (v.effective_until is null or v.effective_until > asked.at)
      order by v.effective_from desc limit 1
    ) v`);
  const byPlace = new Map(rows.map(({ place, ...version }) => [place, version]));
  return asked.map((_, index) => byPlace.get(index + 1) ?? null);
}
