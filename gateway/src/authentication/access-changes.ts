import { ACCESS_CHANNEL } from '@plaza/platform/events/channels';
import { SteadyConnection } from '@plaza/platform/events/steady-connection';
import type { Logger } from '@plaza/platform/server/logger';
import type { Viewer } from '@plaza/platform/viewer';

export interface AccessChangesOptions {
  /** Any login of the database: everybody may listen. */
  url: string;
  logger: Logger;
  /** Sessions, keys or members have changed: of the viewers that `concerns` tells, or of any. */
  onChange: (concerns: (viewer: Viewer) => boolean) => void;
}

/**
 * Hears in every process when a session is revoked, a key revoked or changed, or a member's roles change. Whatever was
 * missed while the connection was away is covered by a change that concerns everybody.
 */
export class AccessChanges {
  private readonly connection: SteadyConnection;

  constructor({ url, logger, onChange }: AccessChangesOptions) {
    this.connection = new SteadyConnection({
      url,
      applicationName: 'plaza access changes',
      channels: [ACCESS_CHANNEL],
      onNotification: (payload) => onChange((viewer) => concerns(payload, viewer)),
      onConnect: () => onChange(() => true),
      logger,
    });
  }

  start(): Promise<void> {
    return this.connection.start();
  }

  close(): Promise<void> {
    return this.connection.close();
  }
}

function concerns(payload: string, viewer: Viewer): boolean {
  const [what, id] = payload.split(':');
  if (what === 'session') return viewer.sessionId === id;
  return (what === 'apiKey' || what === 'user') && viewer.kind === what && viewer.id === id;
}
