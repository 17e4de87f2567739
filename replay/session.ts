import type { GraphClient } from './graph-client.js';
import { signIn, type Tokens } from './operations.js';

/** The demo's owner, as `npm start` prints it. */
const DEMO_OWNER = { email: 'owner@demo.plaza', password: 'plaza-demo-owner' };

/** A token is replaced so long before it expires. */
const MARGIN_MS = 60_000;

/** Lets the client send `token`, or without one signs in as the demo's owner, and again before each token expires. */
export async function authenticate(graph: GraphClient, token: string | null): Promise<void> {
  if (token !== null) {
    graph.accessToken = async () => token;
    return;
  }
  let tokens = await signIn(graph, DEMO_OWNER);
  let renewal: Promise<Tokens> | null = null;
  graph.accessToken = async () => {
    if (tokens.expiresAt - MARGIN_MS < Date.now()) {
      renewal ??= signIn(graph, DEMO_OWNER).finally(() => (renewal = null));
      tokens = await renewal;
    }
    return tokens.accessToken;
  };
}
