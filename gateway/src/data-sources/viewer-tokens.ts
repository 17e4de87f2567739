import type { Secrets } from '@plaza/platform/secrets';
import type { Viewer } from '@plaza/platform/viewer';
import { signViewer, VIEWER_TOKEN_SECONDS } from '@plaza/platform/viewer-token';

interface Signed {
  token: Promise<string>;
  /** Milliseconds since 1970: half of the token's life, so that it never runs out on its way. */
  freshUntil: number;
}

/** Signs each viewer for the subgraphs, again only when the last token grows old. */
export class ViewerTokens {
  private readonly signed = new WeakMap<Viewer, Signed>();

  constructor(private readonly secrets: Secrets) {}

  tokenOf(viewer: Viewer): Promise<string> {
    const now = Date.now();
    const known = this.signed.get(viewer);
    if (known && known.freshUntil > now) return known.token;
    const token = signViewer(this.secrets, viewer);
    this.signed.set(viewer, { token, freshUntil: now + VIEWER_TOKEN_SECONDS * 500 });
    return token;
  }
}
