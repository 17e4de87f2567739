import type { RequestContext } from '@plaza/platform/graphql/context';
import { Money, money } from '@plaza/platform/graphql/money.type';
import { requireScope } from '@plaza/platform/viewer';
import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { PaymentRow } from '../database/payment.entity.js';
import type { ReceiptRow } from '../database/receipt.entity.js';
import type { ReceiptLinks } from '../documents/receipt-links.js';
import type { PaymentMethod } from '../domain/payment.js';
import { receiptNumber, taxesPaid } from '../domain/receipt.js';
import type { Language } from '../domain/tariff/explanations/explain.js';
import { Location, Ticket } from './entities.type.js';
import { PaymentMethodEnum } from './enums.js';
import type { PaymentsLoaders } from './loaders.js';
import { Payment, Receipt } from './payment.type.js';
import { type PricedLine, pricedLines } from './quote.resolver.js';
import { QuoteLine } from './quote.type.js';
import type { PricedShare } from './receipt-tax.resolver.js';
import { ReceiptPdf, ReceiptTax } from './receipt.type.js';
import { LanguageEnum } from './tariff.enums.js';

@Resolver(() => Receipt)
export class ReceiptResolver {
  constructor(
    private readonly load: PaymentsLoaders,
    private readonly links: ReceiptLinks,
  ) {}

  @FieldResolver(() => String, {
    description: 'The number as it is printed: year and running number, "2026-000042".',
  })
  number(@Root() { year, number }: ReceiptRow): string {
    return receiptNumber({ year, number });
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The organization that issued it, as it was called then; null where that was not kept.',
  })
  organizationName(@Root() { organizationName }: ReceiptRow): string | null {
    return organizationName ?? null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The location, as it was called then; null where that was not kept.',
  })
  locationName(@Root() { locationName }: ReceiptRow): string | null {
    return locationName ?? null;
  }

  @FieldResolver(() => Location, { description: 'The location that issued it.' })
  location(@Root() { locationId }: ReceiptRow): Location {
    return { id: locationId };
  }

  @FieldResolver(() => Ticket, { description: 'The ticket that was paid.' })
  ticket(@Root() { ticketId }: ReceiptRow): Ticket {
    return { id: ticketId };
  }

  @FieldResolver(() => Payment, { description: 'The payment that it confirms.' })
  payment(@Root() receipt: ReceiptRow, @Ctx() context: RequestContext): Promise<PaymentRow> {
    return this.paid(receipt, context);
  }

  @FieldResolver(() => [QuoteLine], { description: 'What was charged, as it was quoted at the payment.' })
  async lines(@Root() receipt: ReceiptRow, @Ctx() context: RequestContext): Promise<PricedLine[]> {
    return pricedLines((await this.paid(receipt, context)).quote);
  }

  @FieldResolver(() => Money, { description: 'What the stay cost up to the payment, tax included.' })
  async total(@Root() receipt: ReceiptRow, @Ctx() context: RequestContext): Promise<Money> {
    const { quote } = await this.paid(receipt, context);
    return money(quote.total, quote.currencyCode);
  }

  @FieldResolver(() => Money, { description: 'What earlier payments had paid of it.' })
  async paidBefore(@Root() receipt: ReceiptRow, @Ctx() context: RequestContext): Promise<Money> {
    const { quote } = await this.paid(receipt, context);
    return money(quote.paid, quote.currencyCode);
  }

  @FieldResolver(() => Money, { description: 'What this payment paid.' })
  async amount(@Root() receipt: ReceiptRow, @Ctx() context: RequestContext): Promise<Money> {
    const { amount, currencyCode } = await this.paid(receipt, context);
    return money(amount, currencyCode);
  }

  @FieldResolver(() => Money, { description: 'The tax that `amount` contains.' })
  async tax(@Root() receipt: ReceiptRow, @Ctx() context: RequestContext): Promise<Money> {
    const { tax, currencyCode } = await this.paid(receipt, context);
    return money(tax, currencyCode);
  }

  @FieldResolver(() => PaymentMethodEnum, { description: 'How it was paid.' })
  async method(@Root() receipt: ReceiptRow, @Ctx() context: RequestContext): Promise<PaymentMethod> {
    return (await this.paid(receipt, context)).method;
  }

  @FieldResolver(() => [ReceiptTax], { description: '`amount` by the rate of its tax. It adds up to it.' })
  async taxes(@Root() receipt: ReceiptRow, @Ctx() context: RequestContext): Promise<PricedShare[]> {
    const payment = await this.paid(receipt, context);
    return taxesPaid(payment).map((share) => ({ ...share, currencyCode: payment.currencyCode }));
  }

  @FieldResolver(() => ReceiptPdf, { description: 'The receipt as a PDF, with a QR code that names it.' })
  pdf(
    @Root() { id }: ReceiptRow,
    @Arg('language', () => LanguageEnum, { defaultValue: 'EN', description: 'In which language.' })
    language: Language,
    @Ctx() { viewer }: RequestContext,
  ): ReceiptPdf {
    return this.links.linkTo(requireScope(viewer, 'payments:read'), id, language);
  }

  private async paid({ paymentId }: ReceiptRow, context: RequestContext): Promise<PaymentRow> {
    const payment = await this.load.payment(context, paymentId);
    if (!payment) throw new Error(`Payment ${paymentId} is gone.`);
    return payment;
  }
}
