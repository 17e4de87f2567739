import type { Component } from '@plaza/platform/database/component';

const MODULES = [
  '@plaza/platform/events/mikro-orm.config',
  '@plaza/identity/database/mikro-orm.config',
  '@plaza/spaces/database/mikro-orm.config',
  '@plaza/tickets/database/mikro-orm.config',
  '@plaza/payments/database/mikro-orm.config',
  '@plaza/partners/database/mikro-orm.config',
];

/** What is migrated for the tests, in the order in which it is called. */
export async function components(): Promise<Component[]> {
  const found: Component[] = [];
  for (const name of MODULES) {
    try {
      found.push(((await import(name)) as { component: Component }).component);
    } catch (error) {
      console.error(`(without the migrations of ${name}: ${String(error).split('\n')[0]})`);
    }
  }
  return found;
}
