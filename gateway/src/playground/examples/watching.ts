import type { Example } from './example.js';

export const WATCH_OCCUPANCY: Example = {
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

export const WATCH_TICKETS: Example = {
  title: 'Watch the tickets of a location',
  about: 'Events: every entry, payment and exit, with fields from three subgraphs; resume from a cursor.',
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
