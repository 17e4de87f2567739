import type { Component } from '@plaza/platform/database/component';
import { Migration20261122090000_tariffs } from './migrations/20261122090000-tariffs.js';
import { Migration20261122090100_payments } from './migrations/20261122090100-payments.js';
import { Migration20261122090200_ledger } from './migrations/20261122090200-ledger.js';
import { Migration20261122161000_tariff_pieces } from './migrations/20261122161000-tariff-pieces.js';
import { Migration20261122180000_accounts_by_rate } from './migrations/20261122180000-accounts-by-rate.js';
import { Migration20261122180100_ledger_sources } from './migrations/20261122180100-ledger-sources.js';
import { Payment } from './payment.entity.js';
import { Receipt } from './receipt.entity.js';
import { Refund } from './refund.entity.js';
import { TariffVersion } from './tariff-version.entity.js';

/** What payments brings to the database. */
export const component: Component = {
  name: 'payments',
  entities: [TariffVersion, Payment, Refund, Receipt],
  migrations: [
    Migration20261122090000_tariffs,
    Migration20261122090100_payments,
    Migration20261122090200_ledger,
    Migration20261122161000_tariff_pieces,
    Migration20261122180000_accounts_by_rate,
    Migration20261122180100_ledger_sources,
  ],
};
