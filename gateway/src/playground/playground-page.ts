import { jsonForScript } from './html.js';
import type { DemoLogin } from './ready-info.js';

/** The page around GraphiQL; its script and style are files of the bundle. */
export function playgroundPage(version: string, logins: DemoLogin[]): string {
  const files = `/playground/files/${version}`;
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Plaza playground</title>
    <link rel="icon" href="/favicon.svg">
    <link rel="stylesheet" href="${files}/playground.css">
    <script id="logins" type="application/json">${jsonForScript(logins)}</script>
    <script type="module" src="${files}/playground.js"></script>
  </head>
  <body>
    <div id="playground"><p>Opening the playground …</p></div>
    <noscript>The playground needs JavaScript; the graph itself is at /graphql.</noscript>
  </body>
</html>
`;
}

/** Nothing from anywhere else; the editor writes style elements of its own, so inline styles are allowed. */
export const PLAYGROUND_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
