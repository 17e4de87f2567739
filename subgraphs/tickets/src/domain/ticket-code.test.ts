import { newTicketCode, ticketCodeOf } from './ticket-code.js';

test('codes are short, legible and do not repeat', () => {
  const codes = Array.from({ length: 10_000 }, newTicketCode);
  expect(new Set(codes).size).toBe(10_000);
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
});

test('a code is found however it is typed', () => {
  for (const text of ['K7Q20-XWM1T', 'k7q20xwm1t', ' K7Q2O XWMIT ', 'k7q2o-xwmlt']) {
    expect(ticketCodeOf(text)).toBe('K7Q20-XWM1T');
  }
});

test.each(['', 'K7Q20-XWM1', 'K7Q20-XWM1TT', 'U7Q20-XWM1T', 'x'.repeat(10_000)])('%j is no code', (text) => {
  expect(ticketCodeOf(text)).toBeNull();
});
