import { PlazaError } from '@plaza/platform/errors';
import type { Logger } from '@plaza/platform/server/logger';
import type { Viewer } from '@plaza/platform/viewer';

/** An open connection of somebody who has signed in, or of nobody. */
export interface Connected {
  viewer: Viewer | null;
  /** Ends the connection. */
  turnAway(reason: string): void;
}

interface Account {
  viewer: Viewer;
  /** What the credential meant when its connections were opened. */
  meaning: string;
  connections: Set<Connected>;
}

/** The open connections by their credentials, so that each credential is looked at once for all of them. */
export class Accounts {
  private readonly accounts = new Map<string, Account>();
  private readonly accountOf = new Map<Connected, string>();
  private generation = 0;

  /** @param authenticate the viewer of "Bearer ...", null without a credential; throws for one that is not valid */
  constructor(
    private readonly authenticate: (authorization: string | undefined) => Promise<Viewer | null>,
    private readonly logger: Logger,
  ) {}

  /** Finds out who opens the connection. Throws UNAUTHENTICATED for a credential that is not valid. */
  async enter(connection: Connected, authorization: string | undefined): Promise<void> {
    let viewer: Viewer | null;
    let began: number;
    do {
      // what is revoked while it is looked at is looked at again
      began = this.generation;
      viewer = await this.authenticate(authorization);
    } while (began !== this.generation);
    if (viewer && authorization !== undefined)
      connection.viewer = this.add(connection, viewer, authorization);
  }

  /** The connection is closed. */
  leave(connection: Connected): void {
    const authorization = this.accountOf.get(connection);
    if (authorization === undefined) return;
    this.accountOf.delete(connection);
    const account = this.accounts.get(authorization);
    if (account?.connections.delete(connection) && account.connections.size === 0)
      this.accounts.delete(authorization);
  }

  /** Ends every connection whose credential no longer means what it meant; of the viewers concerned, or of all. */
  async recheck(concerns: (viewer: Viewer) => boolean = () => true): Promise<void> {
    this.generation += 1;
    const checks = [...this.accounts].filter(([, { viewer }]) => concerns(viewer));
    await Promise.all(checks.map(([authorization, account]) => this.check(authorization, account)));
  }

  private add(connection: Connected, viewer: Viewer, authorization: string): Viewer {
    let account = this.accounts.get(authorization);
    const meaning = JSON.stringify(viewer);
    if (account?.meaning !== meaning) {
      // those who came in when it meant something else are sent away by the next look at it
      account = { viewer, meaning, connections: account?.connections ?? new Set() };
      this.accounts.set(authorization, account);
    }
    account.connections.add(connection);
    this.accountOf.set(connection, authorization);
    return account.viewer;
  }

  private async check(authorization: string, { meaning, connections }: Account): Promise<void> {
    let reason: string;
    try {
      if (JSON.stringify(await this.authenticate(authorization)) === meaning) return;
      reason = 'Your permissions have changed: connect again.';
    } catch (error) {
      if (!(error instanceof PlazaError)) {
        this.logger.warn({ error }, 'the credential of open connections could not be checked');
        return;
      }
      reason = 'Your access has ended.';
    }
    for (const connection of [...connections]) connection.turnAway(reason);
  }
}
