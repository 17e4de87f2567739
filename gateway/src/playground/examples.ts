/** A saved operation of the playground. */
export interface Example {
  title: string;
  /** What it shows, for somebody who reads the list. */
  about: string;
  query: string;
  /** `{{locationId}}`, `{{ticketId}}` and the like stand for what an earlier answer held; `{{new}}` for a new key. */
  variables?: Record<string, unknown>;
}

const SIGN_IN: Example = {
  title: 'Sign in',
  about: 'The demo owner; the playground keeps the access token and sends it from now on.',
  query: `mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    __typename
    ... on SignedIn {
      tokens {
        accessToken
        expiresAt
      }
      viewer {
        roles
        scopes
        organization {
          name
        }
      }
    }
    ... on Problem {
      message
    }
  }
}`,
  variables: { input: { email: '{{email}}', password: '{{password}}' } },
};

const LOCATIONS: Example = {
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

const WATCH_OCCUPANCY: Example = {
  title: 'Watch a location fill',
  about: 'Live: the state now, then the newest after every change. Leave it running and let a car in.',
  query: `subscription WatchOccupancy($locationId: ID!) {
  occupancyChanged(locationId: $locationId) {
    name
    occupancy {
      occupied
      available
      utilization
    }
  }
}`,
  variables: { locationId: '{{locationId}}' },
};

const WATCH_TICKETS: Example = {
  title: 'Watch the tickets of a location',
  about: 'Events: every entry, payment and exit, with fields from three subgraphs; resume with `after`.',
  query: `subscription WatchTickets($locationId: ID!, $after: String) {
  ticketChanged(locationId: $locationId, after: $after) {
    type
    occurredAt
    cursor
    ticket {
      code
      status
      space {
        number
      }
      quote {
        due {
          amount
          currencyCode
        }
      }
    }
  }
}`,
  variables: { locationId: '{{locationId}}', after: null },
};

const ENTRY: Example = {
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

const QUOTE: Example = {
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

const PAY: Example = {
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

const EXIT: Example = {
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

const RECEIPT: Example = {
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

const API_KEY: Example = {
  title: 'A key for a partner',
  about: 'The secret is shown once. Paste it as the token to see the graph as the partner does.',
  query: `mutation CreateApiKey($partner: CreatePartnerInput!) {
  createPartner(input: $partner) {
    __typename
  }
}`,
  variables: { partner: { name: 'Parking app' } },
};

const WEBHOOK: Example = {
  title: 'Tell a partner',
  about: 'Signed webhooks by Standard Webhooks; the signing secret is shown once.',
  query: `mutation CreateWebhookEndpoint($input: CreateWebhookEndpointInput!) {
  createWebhookEndpoint(input: $input) {
    __typename
  }
}`,
  variables: {
    input: {
      url: 'https://partner.example/plaza',
      eventTypes: ['ticket.entered', 'payment.succeeded', 'ticket.closed'],
    },
  },
};

/** The whole story, in the order in which it happens. */
export const EXAMPLES: readonly Example[] = [
  SIGN_IN,
  LOCATIONS,
  WATCH_OCCUPANCY,
  WATCH_TICKETS,
  ENTRY,
  QUOTE,
  PAY,
  EXIT,
  RECEIPT,
  API_KEY,
  WEBHOOK,
];
