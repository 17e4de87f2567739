import pg from 'pg';
import type { Secrets } from '../secrets.js';
import { SettingsError } from '../settings.js';
import { COMPONENT_NAMES, LOGIN_ROLES, type LoginRole } from './component.js';

const EXTENSIONS = ['btree_gist', 'citext', 'pg_trgm', 'cube', 'earthdistance'];

/** The connection string of a login role: the same server and database as the administrator's, its own name and password. */
export function roleUrl(adminUrl: string, secrets: Secrets, role: LoginRole): string {
  const url = new URL(adminUrl);
  url.username = `plaza_${role}`;
  url.password = secrets.password(url.username);
  return url.toString();
}

const ifMissing = (role: string, attributes: string): string => `
  do $$ begin
    if not exists (select from pg_roles where rolname = '${role}') then create role ${role} ${attributes}; end if;
  end $$;`;

/**
 * Creates what the migrations stand on: roles, schemas, extensions and the SQL functions that say in whose name a
 * transaction runs. Every statement may run again.
 */
export async function prepareServer(admin: pg.Client, secrets: Secrets): Promise<void> {
  const restricted = 'nosuperuser nobypassrls nocreatedb nocreaterole';
  for (const role of LOGIN_ROLES) {
    const name = `plaza_${role}`;
    await admin.query(
      ifMissing(name, `login ${restricted} password ${pg.escapeLiteral(secrets.password(name))}`),
    );
    await admin.query(
      `alter role ${name} set statement_timeout = '30s';
       alter role ${name} set lock_timeout = '10s';
       alter role ${name} set idle_in_transaction_session_timeout = '60s';`,
    );
  }
  for (const extension of EXTENSIONS) await admin.query(`create extension if not exists ${extension}`);
  await admin.query(PLAZA_SCHEMA);
  for (const component of COMPONENT_NAMES) {
    const owner = `plaza_${component}_owner`;
    await admin.query(ifMissing(owner, `nologin ${restricted}`));
    // since PostgreSQL 16 the creator of a role must still allow itself to act as it
    await admin.query(`grant ${owner} to current_user with set true`);
    await admin.query(`create schema if not exists ${component} authorization ${owner}`);
    await admin.query(`revoke all on schema ${component} from public`);
    await admin.query(`grant usage on schema plaza to ${owner}`);
    await admin.query(`alter default privileges for role ${owner} revoke execute on functions from public`);
  }
  for (const role of LOGIN_ROLES) await admin.query(`grant usage on schema plaza to plaza_${role}`);
}

const PLAZA_SCHEMA = `
  create schema if not exists plaza;
  revoke create on schema public from public;
  revoke all on schema plaza from public;

  create or replace function plaza.tenant_id() returns uuid language sql stable parallel safe
    return nullif(current_setting('plaza.tenant', true), '')::uuid;
  create or replace function plaza.user_id() returns uuid language sql stable parallel safe
    return nullif(current_setting('plaza.user', true), '')::uuid;
  create or replace function plaza.location_ids() returns uuid[] language sql stable parallel safe
    return nullif(current_setting('plaza.locations', true), '')::uuid[];
  create or replace function plaza.sees_location(location uuid) returns boolean language sql stable parallel safe
    return plaza.location_ids() is null or location = any (plaza.location_ids());
  create or replace function plaza.actor() returns jsonb language sql stable parallel safe
    return nullif(current_setting('plaza.actor', true), '')::jsonb;
  create or replace function plaza.correlation_id() returns text language sql stable parallel safe
    return nullif(current_setting('plaza.correlation', true), '');
  create or replace function plaza.causation_id() returns uuid language sql stable parallel safe
    return nullif(current_setting('plaza.causation', true), '')::uuid;
`;

/** Logs in as the gateway's role; a sentence when the roles of this server were made with another secret. */
export async function checkRolePasswords(adminUrl: string, secrets: Secrets): Promise<void> {
  const client = new pg.Client({ connectionString: roleUrl(adminUrl, secrets, 'gateway') });
  try {
    await client.connect();
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === '28P01') {
      throw new SettingsError(
        'The setting PLAZA_SECRET is wrong: the roles of this database server were made with another one.',
      );
    }
    throw error;
  }
  await client.end();
}
