import { unauthenticated } from '@plaza/platform/errors';
import type { Viewer } from '@plaza/platform/viewer';
import type { AccessTokens } from './access-token.js';
import { API_KEY_PREFIX, type ApiKeys } from './api-keys.js';

/** The longest credential that is looked at, in characters. */
const LONGEST = 4096;
const BEARER = /^bearer +(\S+)$/i;

/** The two kinds of credentials. */
export interface AuthenticatorOptions {
  accessTokens: Pick<AccessTokens, 'viewerOf' | 'forget'>;
  apiKeys: Pick<ApiKeys, 'viewerOf' | 'forget'>;
}

/** Finds out who is asking, once for each request, from `Authorization: Bearer <access token or API key>`. */
export class Authenticator {
  constructor(private readonly options: AuthenticatorOptions) {}

  /**
   * The viewer, or null when no credential was sent. Throws UNAUTHENTICATED for one that is not valid: a caller who
   * meant to be somebody must not silently be nobody.
   */
  async authenticate(authorization: string | undefined): Promise<Viewer | null> {
    if (authorization === undefined || authorization === '') return null;
    const credential = authorization.length <= LONGEST ? BEARER.exec(authorization)?.[1] : undefined;
    if (credential === undefined) {
      throw unauthenticated('Send the credential as "Authorization: Bearer <access token or API key>".');
    }
    return credential.startsWith(API_KEY_PREFIX)
      ? this.options.apiKeys.viewerOf(credential)
      : this.options.accessTokens.viewerOf(credential);
  }

  /** Believes no earlier answer any more: access has changed. */
  forget(): void {
    this.options.accessTokens.forget();
    this.options.apiKeys.forget();
  }
}
