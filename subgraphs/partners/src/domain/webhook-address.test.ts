import { endpointUrlProblem, mayReceiveWebhooks } from './webhook-address.js';

const PRODUCTION = { allowLoopback: false };
const DEVELOPMENT = { allowLoopback: true };

const PRIVATE = [
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  'fd00::1',
  'fe80::1',
  'ff02::1',
  '::ffff:10.0.0.1',
  '::ffff:169.254.169.254',
  '64:ff9b::a00:1',
  '2002:a00:1::1',
  '2001:0:a00:1::1',
];

test.each(PRIVATE)('%s receives no webhooks, in production or not', (address) => {
  expect(mayReceiveWebhooks(address, PRODUCTION)).toBe(false);
  expect(mayReceiveWebhooks(address, DEVELOPMENT)).toBe(false);
});

test.each(['1.1.1.1', '172.32.0.1', '93.184.216.34', '2606:4700:4700::1111', '2a00:1450:4001:81b::200e'])(
  '%s is on the public internet',
  (address) => {
    expect(mayReceiveWebhooks(address, PRODUCTION)).toBe(true);
  },
);

test.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])(
  'the loopback address %s receives webhooks outside production only',
  (address) => {
    expect(mayReceiveWebhooks(address, PRODUCTION)).toBe(false);
    expect(mayReceiveWebhooks(address, DEVELOPMENT)).toBe(true);
  },
);

test('what is not an address receives nothing', () => {
  expect(mayReceiveWebhooks('example.com', DEVELOPMENT)).toBe(false);
});

test('an https URL with a public host is fine', () => {
  expect(endpointUrlProblem('https://example.com/hooks?from=plaza', PRODUCTION)).toBeNull();
  expect(endpointUrlProblem('https://[2606:4700:4700::1111]/', PRODUCTION)).toBeNull();
});

test.each([
  'http://example.com/hooks',
  'ftp://example.com/',
  'javascript:alert(1)',
  'not a url',
  '',
  'https://user:password@example.com/',
  'https://example.com/#fragment',
  'https://10.0.0.1/',
  'https://169.254.169.254/latest/meta-data',
  'https://[fd00::1]/',
  // other spellings of 10.0.0.1 and 127.0.0.1, which URL parsing brings to light
  'https://0x0a000001/',
  'https://2130706433/',
  `https://example.com/${'a'.repeat(2000)}`,
])('%s is refused', (url) => {
  expect(endpointUrlProblem(url, PRODUCTION)).not.toBeNull();
});

test.each([
  'http://localhost:4100/hooks',
  'http://127.0.0.1:4100/',
  'http://[::1]:4100/',
  'https://hooks.localhost/',
])('%s is refused in production and allowed in development', (url) => {
  expect(endpointUrlProblem(url, PRODUCTION)).not.toBeNull();
  expect(endpointUrlProblem(url, DEVELOPMENT)).toBeNull();
});

test('http to a public host is refused in development too', () => {
  expect(endpointUrlProblem('http://example.com/', DEVELOPMENT)).not.toBeNull();
});
