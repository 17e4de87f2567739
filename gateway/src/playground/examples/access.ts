import type { Example } from './example.js';

export const SIGN_IN: Example = {
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

export const API_KEY: Example = {
  title: 'A key for a partner',
  about: 'The secret is shown once. Paste it as the token to see the graph as the partner does.',
  query: `mutation CreateApiKey($partner: CreatePartnerInput!) {
  createPartner(input: $partner) {
    __typename
  }
}`,
  variables: { partner: { name: 'Parking app' } },
};

export const WEBHOOK: Example = {
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
