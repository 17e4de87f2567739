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

export const PARTNER: Example = {
  title: 'A partner',
  about: 'A mobility app, an ERP, a merchant: keys and webhooks belong to it.',
  query: `mutation CreatePartner($input: CreatePartnerInput!) {
  createPartner(input: $input) {
    __typename
    ... on PartnerCreated {
      partner {
        id
        name
      }
    }
    ... on Problem {
      message
    }
  }
}`,
  variables: { input: { name: 'Parking app {{plate}}', idempotencyKey: '{{new}}' } },
};

export const API_KEY: Example = {
  title: 'A key for the partner',
  about: 'The secret is shown once. Paste it above to see the graph as the partner does.',
  query: `mutation CreateApiKey($input: CreateApiKeyInput!) {
  createApiKey(input: $input) {
    __typename
    ... on ApiKeyCreated {
      secret
      apiKey {
        id
        name
        scopes
        displayPrefix
      }
    }
    ... on Problem {
      message
    }
  }
}`,
  variables: {
    input: {
      partnerId: '{{partnerId}}',
      name: 'Entries and payments',
      scopes: ['locations:read', 'tickets:read', 'tickets:write', 'payments:write', 'events:read'],
      idempotencyKey: '{{new}}',
    },
  },
};

export const WEBHOOK: Example = {
  title: 'Tell the partner',
  about: 'Signed by Standard Webhooks; the signing secret is shown once. Name a server of yours.',
  query: `mutation CreateWebhookEndpoint($input: CreateWebhookEndpointInput!) {
  createWebhookEndpoint(input: $input) {
    __typename
    ... on WebhookEndpointCreated {
      signingSecret
      endpoint {
        id
        url
        eventTypes
        status
      }
    }
    ... on Problem {
      message
    }
  }
}`,
  variables: {
    input: {
      partnerId: '{{partnerId}}',
      url: 'https://partner.example/plaza',
      eventTypes: ['ticket.entered', 'payment.succeeded', 'ticket.closed'],
      idempotencyKey: '{{new}}',
    },
  },
};
