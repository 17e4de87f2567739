import type { Component } from '@plaza/platform/database/component';
import { CashShift } from './cash-shift.entity.js';
import { MerchantPayment } from './merchant-payment.entity.js';
import { Merchant } from './merchant.entity.js';
import { Migration20261122090000_tariffs } from './migrations/20261122090000-tariffs.js';
import { Migration20261122090100_payments } from './migrations/20261122090100-payments.js';
import { Migration20261122090200_ledger } from './migrations/20261122090200-ledger.js';
import { Migration20261122161000_tariff_pieces } from './migrations/20261122161000-tariff-pieces.js';
import { Migration20261122162000_tariff_validity } from './migrations/20261122162000-tariff-validity.js';
import { Migration20261122162600_reprice_report } from './migrations/20261122162600-reprice-report.js';
import { Migration20261122170000_payment_states } from './migrations/20261122170000-payment-states.js';
import { Migration20261122170100_notices } from './migrations/20261122170100-notices.js';
import { Migration20261122170200_sandbox } from './migrations/20261122170200-sandbox.js';
import { Migration20261122170300_refund_policy } from './migrations/20261122170300-refund-policy.js';
import { Migration20261122180000_accounts_by_rate } from './migrations/20261122180000-accounts-by-rate.js';
import { Migration20261122180100_ledger_sources } from './migrations/20261122180100-ledger-sources.js';
import { Migration20261122180200_receipt_names } from './migrations/20261122180200-receipt-names.js';
import { Migration20261122190000_demand } from './migrations/20261122190000-demand.js';
import { Migration20261122190200_ticket_items } from './migrations/20261122190200-ticket-items.js';
import { Migration20261122190400_permits } from './migrations/20261122190400-permits.js';
import { Migration20261122230000_tariff_starts } from './migrations/20261122230000-tariff-starts.js';
import { Migration20261122231000_safe_and_receivable } from './migrations/20261122231000-safe-and-receivable.js';
import { Migration20261122231200_owed_again } from './migrations/20261122231200-owed-again.js';
import { Migration20261122231400_validation_tariffs } from './migrations/20261122231400-validation-tariffs.js';
import { Migration20261122231500_validations_owed } from './migrations/20261122231500-validations-owed.js';
import { Migration20261122232000_notices_forgotten } from './migrations/20261122232000-notices-forgotten.js';
import { Dispute } from './dispute.entity.js';
import { Migration20261122180300_validation_names } from './migrations/20261122180300-validation-names.js';
import { Payment } from './payment.entity.js';
import { Receipt } from './receipt.entity.js';
import { RefundPolicy } from './refund-policy.entity.js';
import { Refund } from './refund.entity.js';
import { RepriceReport } from './reprice-report.entity.js';
import { TariffVersion } from './tariff-version.entity.js';
import { TicketItem } from './ticket-item.entity.js';
import { Validation } from './validation.entity.js';

/** What payments brings to the database. */
export const component: Component = {
  name: 'payments',
  entities: [
    TariffVersion,
    Payment,
    Refund,
    Dispute,
    RefundPolicy,
    Receipt,
    RepriceReport,
    CashShift,
    Merchant,
    MerchantPayment,
    Validation,
    TicketItem,
  ],
  migrations: [
    Migration20261122090000_tariffs,
    Migration20261122090100_payments,
    Migration20261122090200_ledger,
    Migration20261122161000_tariff_pieces,
    Migration20261122162000_tariff_validity,
    Migration20261122162600_reprice_report,
    Migration20261122170000_payment_states,
    Migration20261122170100_notices,
    Migration20261122170200_sandbox,
    Migration20261122170300_refund_policy,
    Migration20261122180000_accounts_by_rate,
    Migration20261122180100_ledger_sources,
    Migration20261122180200_receipt_names,
    Migration20261122180300_validation_names,
    Migration20261122190000_demand,
    Migration20261122190200_ticket_items,
    Migration20261122190400_permits,
    Migration20261122230000_tariff_starts,
    Migration20261122231000_safe_and_receivable,
    Migration20261122231200_owed_again,
    Migration20261122231400_validation_tariffs,
    Migration20261122231500_validations_owed,
    Migration20261122232000_notices_forgotten,
  ],
};
