import { createHash } from 'node:crypto';
import { escapeHtml } from './html.js';
import type { ReadyInfo } from './ready-info.js';

const STYLE = `
:root { color-scheme: light dark; --ink: #17202a; --quiet: #5b6773; --paper: #f6f7f9; --card: #fff; --line: #dfe3e8; --accent: #1b5fc1; --live: #18794e; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ecf1; --quiet: #9aa7b4; --paper: #12161b; --card: #1a2027; --line: #2c353f; --accent: #7db2ff; --live: #4cc38a; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 3rem 1.25rem 4rem; }
h1 { font-size: 2.4rem; line-height: 1.1; letter-spacing: -0.02em; margin: 0 0 0.75rem; text-wrap: balance; }
h2 { font-size: 1.05rem; margin: 0 0 0.75rem; }
p { margin: 0 0 1rem; max-width: 44rem; }
a { color: var(--accent); text-underline-offset: 0.15em; }
.live { display: inline-flex; align-items: center; gap: 0.5rem; color: var(--live); font-weight: 600; margin-bottom: 1rem; }
.live::before { content: ""; width: 0.6rem; height: 0.6rem; border-radius: 50%; background: currentColor; }
.open { display: inline-block; background: var(--accent); color: var(--paper); text-decoration: none; font-weight: 600; padding: 0.65rem 1.1rem; border-radius: 0.5rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 1rem; margin-top: 2rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 0.75rem; padding: 1.25rem; min-width: 0; }
section.wide { grid-column: 1 / -1; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.4rem 1rem; margin: 0; }
dl + small { display: block; margin-top: 1rem; }
.scroll + dl { display: grid; border-top: 1px solid var(--line); padding-top: 0.75rem; margin-top: 0.25rem; }
dt, dd { margin: 0; min-width: 0; }
dd { color: var(--quiet); overflow-wrap: anywhere; }
code, pre { font: 0.9em/1.5 ui-monospace, SFMono-Regular, Menlo, monospace; }
code { overflow-wrap: anywhere; color: var(--ink); }
pre { margin: 0; overflow-x: auto; padding: 0.9rem; border-radius: 0.5rem; background: var(--paper); border: 1px solid var(--line); }
small { color: var(--quiet); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; font-weight: 600; color: var(--quiet); font-size: 0.9rem; }
th, td { padding: 0.35rem 1rem 0.35rem 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
tr:last-child td { border-bottom: 0; }
@media (max-width: 34rem) {
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: 0.75rem; }
  th, td { padding-right: 0.6rem; font-size: 0.9rem; }
}
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** The page runs nothing and loads nothing: its one style is named by its hash. */
export const WELCOME_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${STYLE_HASH}'`,
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const PLACES: [path: string, what: string][] = [
  ['/playground', 'queries, mutations and live subscriptions in the browser, with saved examples'],
  ['/health/live', 'the process runs'],
  ['/health/ready', 'each subgraph, the database and the event log, one by one'],
  ['/metrics', 'for Prometheus'],
  ['/.well-known/jwks.json', 'the public keys that verify access tokens'],
];

/** What a browser sees at `/`: that it runs, how to get in and where everything is. `origin` is this page's own. */
export function welcomePage(info: ReadyInfo, origin: string, documents: string[]): string {
  const address = escapeHtml(origin);
  const shape =
    info.topology === 'embedded'
      ? 'gateway and five subgraphs in one process'
      : 'gateway and five subgraph processes';
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Plaza</title>
    <link rel="icon" href="/favicon.svg">
    <style>${STYLE}</style>
  </head>
  <body>
    <main>
      <div class="live">Plaza ${escapeHtml(info.version)} is running</div>
      <h1>One graph for businesses that sell time in a place.</h1>
      <p>A car enters, is charged, pays and leaves, through one federated GraphQL graph, while dashboards watch
      live and partners are told by signed webhooks. This is the ${shape}.</p>
      <p><a class="open" href="/playground">Open the playground</a></p>
      <div class="cards">
        ${info.logins.length > 0 ? loginCard(info) : emptyCard}
        <section>
          <h2>Where everything is</h2>
          <dl>
            <dt><code>/graphql</code></dt><dd>GraphQL over HTTP (POST), and subscriptions by graphql-ws at the same address</dd>
            <dt><code>/graphql/stream</code></dt><dd>subscriptions as server-sent events (graphql-sse)</dd>
            ${PLACES.map(([path, what]) => `<dt><a href="${path}"><code>${path}</code></a></dt><dd>${what}</dd>`).join('\n            ')}
          </dl>
        </section>
        <section>
          <h2>Read on</h2>
          <dl>${documents.map((name) => documentLink(name)).join('')}</dl>
          <small>The graph documents itself: every type and field is described in the playground.</small>
        </section>
        <section class="wide">
          <h2>From a terminal</h2>
          <pre><code>${signInCommand(info, address)}</code></pre>
        </section>
      </div>
    </main>
  </body>
</html>
`;
}

function loginCard(info: ReadyInfo): string {
  const rows = info.logins.map(
    ({ role, email, password }) =>
      `<tr><td>${escapeHtml(role)}</td><td><code>${escapeHtml(email)}</code></td><td><code>${escapeHtml(password)}</code></td></tr>`,
  );
  const key = info.apiKey
    ? `<dl><dt>${escapeHtml(info.apiKey.name)}</dt><dd><code>${escapeHtml(info.apiKey.secret)}</code></dd></dl>`
    : '';
  return `<section class="wide">
          <h2>Demo logins</h2>
          <div class="scroll"><table>
            <tr><th>Role</th><th>Email</th><th>Password</th></tr>
            ${rows.join('\n            ')}
          </table></div>
          ${key}
        </section>`;
}

const emptyCard = `<section class="wide">
          <h2>How to begin</h2>
          <p>This Plaza shows no demo logins. <code>registerOrganization</code> makes an organization and signs its
          owner in.</p>
        </section>`;

function signInCommand(info: ReadyInfo, address: string): string {
  const [login] = info.logins;
  const query =
    login === undefined
      ? '{ viewer { roles } }'
      : `mutation { signIn(input: { email: \\"${login.email}\\", password: \\"${login.password}\\" }) { ... on SignedIn { tokens { accessToken } } } }`;
  return escapeHtml(
    `curl -s ${address}/graphql -H 'content-type: application/json' \\\n  -d '{"query": "${query}"}'`,
  );
}

const documentLink = (name: string): string =>
  `<dt><a href="/docs/${escapeHtml(name)}">${escapeHtml(name.replace(/\.md$/, ''))}</a></dt><dd>docs/${escapeHtml(name)}</dd>`;
