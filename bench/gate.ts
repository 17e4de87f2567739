import { randomUUID } from 'node:crypto';
import type { GraphClient, Operation } from '../replay/graph-client.js';
import type { Contender } from './race.js';
import { newPlate } from './site.js';

interface Result {
  __typename: string;
  ticket?: { id: string };
}

const ENTER: Operation<{ recordEntry: Result }, { input: object }> = {
  name: 'recordEntry',
  text: `mutation Enter($input: RecordEntryInput!) {
    recordEntry(input: $input) { __typename ... on VehicleEntered { ticket { id code status } } ... on Problem { message } }
  }`,
};
const PAY: Operation<{ payTicket: Result }, { input: object }> = {
  name: 'payTicket',
  text: `mutation Pay($input: PayTicketInput!) {
    payTicket(input: $input) {
      __typename
      ... on TicketPaid { payment { id amount { amount currencyCode } } receipt { number } }
      ... on Problem { message }
    }
  }`,
};
const LEAVE: Operation<{ recordExit: Result }, { input: object }> = {
  name: 'recordExit',
  text: `mutation Leave($input: RecordExitInput!) {
    recordExit(input: $input) { __typename ... on VehicleExited { ticket { id status } } ... on Problem { message } }
  }`,
};

/** A car that enters, pays in cash and leaves, in three requests through the gateway, each with its idempotency key. */
export function throughTheGateway(graph: GraphClient, locationId: string): Contender {
  return {
    name: 'through the gateway',
    async run() {
      const { recordEntry: entered } = await graph.request(ENTER, {
        input: { locationId, plate: newPlate(), vehicleKind: 'CAR', idempotencyKey: randomUUID() },
      });
      expect(entered, 'VehicleEntered');
      const ticketId = entered.ticket!.id;
      const { payTicket: paid } = await graph.request(PAY, {
        input: { ticketId, method: 'CASH', idempotencyKey: randomUUID() },
      });
      expect(paid, 'TicketPaid');
      const { recordExit: left } = await graph.request(LEAVE, {
        input: { ticketId, idempotencyKey: randomUUID() },
      });
      expect(left, 'VehicleExited');
    },
  };
}

function expect(result: Result, typename: string): void {
  if (result.__typename !== typename) throw new Error(`expected ${typename}: ${JSON.stringify(result)}`);
}
