import { BlockList, isIP } from 'node:net';

/** Where webhooks may go. `allowLoopback` is for development and tests: it must be false in production. */
export interface AddressPolicy {
  allowLoopback: boolean;
}

const LONGEST_URL = 2_000;

/** IPv4 ranges that are not on the public internet (IANA special-purpose registry). */
const SPECIAL_IPV4: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];
/** Inside global unicast (2000::/3): documentation, and the ranges that carry an IPv4 address of the sender's choice. */
const SPECIAL_IPV6: [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const refused = new BlockList();
for (const [address, prefix] of SPECIAL_IPV4) refused.addSubnet(address, prefix, 'ipv4');
for (const [address, prefix] of SPECIAL_IPV6) refused.addSubnet(address, prefix, 'ipv6');
const globalIPv6 = new BlockList();
globalIPv6.addSubnet('2000::', 3, 'ipv6');
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** True when a webhook may be sent to this IP address. IPv6 is allowed only where it is global unicast. */
export function mayReceiveWebhooks(address: string, policy: AddressPolicy): boolean {
  const version = isIP(address);
  if (version === 0) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  if (policy.allowLoopback && loopback.check(address, family)) return true;
  if (version === 6 && !globalIPv6.check(address, 'ipv6')) return false;
  return !refused.check(address, family);
}

/**
 * What is wrong with the URL of a webhook endpoint, as a sentence for its owner; null when nothing is.
 * A name's addresses are checked again at every connection, because they may change after this.
 */
export function endpointUrlProblem(text: string, policy: AddressPolicy): string | null {
  if (text.length > LONGEST_URL) return `The URL is longer than ${LONGEST_URL} characters.`;
  if (!URL.canParse(text)) return 'The URL is not well formed.';
  const url = new URL(text);
  if (url.username || url.password) return 'The URL must not contain a user name or a password.';
  if (url.hash) return 'The URL must not contain a fragment.';
  const host = hostOf(url);
  const local = policy.allowLoopback && isLoopbackHost(host);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local)) {
    return 'The URL must begin with https://.';
  }
  if (local) return null;
  if (isLoopbackHost(host) || (isIP(host) !== 0 && !mayReceiveWebhooks(host, policy))) {
    return 'The URL must name a host on the public internet.';
  }
  return null;
}

/** The URL's host as a name or a bare IP address (an IPv6 address without its brackets). */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1');

function isLoopbackHost(host: string): boolean {
  const name = host.replace(/\.$/, '').toLowerCase();
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  const version = isIP(host);
  return version !== 0 && loopback.check(host, version === 4 ? 'ipv4' : 'ipv6');
}
