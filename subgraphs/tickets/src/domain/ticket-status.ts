export const TICKET_STATUSES = ['OPEN', 'SETTLED', 'CLOSED', 'VOID', 'LOST'] as const;
export type TicketStatus = (typeof TICKET_STATUSES)[number];

/** The vehicle is still inside. */
export const LIVE_STATUSES = ['OPEN', 'SETTLED', 'LOST'] as const satisfies readonly TicketStatus[];

/** A ticket that was paid, or paid in part, is refunded, not voided. */
export const canBeVoided = ({ status, holdsMoney }: { status: TicketStatus; holdsMoney: boolean }): boolean =>
  !holdsMoney && (status === 'OPEN' || status === 'LOST');

/** Losing a ticket matters until it is paid. */
export const canBeLost = (status: TicketStatus): boolean => status === 'OPEN';
