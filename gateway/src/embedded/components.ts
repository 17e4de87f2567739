import { component as identity } from '@plaza/identity/database/mikro-orm.config';
import { component as partners } from '@plaza/partners/database/mikro-orm.config';
import { component as payments } from '@plaza/payments/database/mikro-orm.config';
import type { Component } from '@plaza/platform/database/component';
import { component as events } from '@plaza/platform/events/mikro-orm.config';
import { component as spaces } from '@plaza/spaces/database/mikro-orm.config';
import { component as tickets } from '@plaza/tickets/database/mikro-orm.config';
import { component as gateway } from '../database/mikro-orm.config.js';

/** Everything that has tables, in the order in which it is migrated: what is called comes first. */
export const COMPONENTS: Component[] = [events, identity, spaces, tickets, payments, partners, gateway];
