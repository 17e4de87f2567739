import type { Example } from './example.js';

export const LOCATIONS: Example = {
  title: 'Locations with live occupancy',
  about: 'How full each car park is, this moment.',
  query: `query Locations {
  locations(first: 20) {
    totalCount
    nodes {
      id
      name
      timeZone
      occupancy {
        total
        occupied
        available
        utilization
        asOf
      }
    }
  }
}`,
};

export const ENTRY: Example = {
  title: 'A car enters',
  about: 'One transaction: the vehicle, the ticket, the claim of a space and the events.',
  query: `mutation RecordEntry($input: RecordEntryInput!) {
  recordEntry(input: $input) {
    __typename
    ... on VehicleEntered {
      ticket {
        id
        code
        status
        enteredAt
        space {
          number
        }
        location {
          name
          occupancy {
            available
          }
        }
      }
    }
    ... on Problem {
      message
    }
  }
}`,
  variables: { input: { locationId: '{{locationId}}', plate: '{{plate}}', idempotencyKey: '{{new}}' } },
};

export const LATE_ENTRY: Example = {
  title: 'A car that entered two hours ago',
  about: 'As a gate that was offline reports it; needs the scope tickets:backdate, which the owner has.',
  query: ENTRY.query,
  variables: {
    input: {
      locationId: '{{locationId}}',
      plate: '{{plate}}',
      enteredAt: '{{twoHoursAgo}}',
      idempotencyKey: '{{new}}',
    },
  },
};

export const QUOTE: Example = {
  title: 'What does it owe?',
  about: 'The quote explains itself line by line.',
  query: `query Quote($id: ID!) {
  ticket(id: $id) {
    code
    status
    enteredAt
    quote {
      due {
        amount
        currencyCode
      }
      validUntil
      lines {
        explanation
        quantity
        amount {
          amount
        }
      }
    }
    balance {
      amount
    }
  }
}`,
  variables: { id: '{{ticketId}}' },
};

export const PAY: Example = {
  title: 'Pay the ticket',
  about: 'CASH, CARD or DIGITAL. The same idempotencyKey never charges twice.',
  query: `mutation PayTicket($input: PayTicketInput!) {
  payTicket(input: $input) {
    __typename
    ... on TicketPaid {
      payment {
        id
        amount {
          amount
          currencyCode
        }
      }
      ticket {
        status
      }
    }
    ... on Problem {
      message
    }
  }
}`,
  variables: { input: { ticketId: '{{ticketId}}', method: 'CASH', idempotencyKey: '{{new}}' } },
};

export const EXIT: Example = {
  title: 'The car leaves',
  about: 'Frees its space in the same transaction; refused while something is due.',
  query: `mutation RecordExit($input: RecordExitInput!) {
  recordExit(input: $input) {
    __typename
    ... on VehicleExited {
      ticket {
        code
        status
        exitedAt
        space {
          number
          status
        }
      }
    }
    ... on PaymentRequired {
      quote {
        due {
          amount
        }
      }
    }
    ... on Problem {
      message
    }
  }
}`,
  variables: { input: { ticketId: '{{ticketId}}', idempotencyKey: '{{new}}' } },
};

export const RECEIPT: Example = {
  title: 'The receipt',
  about: 'What was paid, when and how.',
  query: `query Receipt($id: ID!) {
  ticket(id: $id) {
    code
    enteredAt
    exitedAt
    payments {
      id
      method
      status
      amount {
        amount
        currencyCode
      }
    }
    receipt {
      number
      issuedAt
    }
  }
}`,
  variables: { id: '{{ticketId}}' },
};
