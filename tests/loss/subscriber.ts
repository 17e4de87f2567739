import { type Line, type LineOptions, pause, type Result } from './lines.js';
import type { Subscription } from './subscriptions.js';
import type { Access } from './tenant.js';
import type { Reader } from './verdict.js';

/** Follows a subscription with a stock client, and resumes as docs/realtime.md tells. */
export class Subscriber implements Reader {
  readonly exit = 'subscription';
  readonly connections: string[][] = [];
  readonly types: readonly string[];
  readonly tenantId: string;
  readonly locationId: string | null;
  disconnects = 0;
  /** Frames so far. */
  frames = 0;
  /** What no subscription should tell. The events of a frame without data count as not told. */
  readonly complaints: string[] = [];
  /** Why a subscription ended last. */
  refusal: unknown;
  /** The sockets that the other side ended: where, with which code, and when on this process's clock. */
  readonly closings: { url: string; code: number; at: number }[] = [];
  private readonly line: Line;
  private readonly variables: { after: string | null; [name: string]: unknown };
  /** Where it is connected, or was last. */
  url = '';
  private attempt: number;
  private closed = false;

  /** `first` says which of the addresses it begins with; the next attempt is at the next one. */
  constructor(
    readonly name: string,
    private readonly subscription: Subscription,
    { tenantId, locationId, limited, token }: Access,
    connect: (options: LineOptions) => Line,
    urls: readonly string[],
    first: number,
  ) {
    const { types, ofOneLocation } = subscription;
    this.types = types;
    this.tenantId = tenantId;
    this.locationId = limited || ofOneLocation ? locationId : null;
    this.attempt = first;
    this.variables = { locationId, types, after: null };
    this.line = connect({
      url: () => (this.url = urls[this.attempt++ % urls.length] as string),
      token,
      connected: () => this.connections.push([]),
      closed: (url, code) => this.closings.push({ url, code, at: performance.now() }),
    });
    this.follow();
  }

  /** Whether it has a cursor: from here on nothing may be lost. */
  get resumable(): boolean {
    return this.variables.after !== null;
  }

  /** Cuts its connection, as a network does. */
  disconnect(): void {
    if (this.line.cut()) this.disconnects += 1;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.line.dispose();
  }

  private follow(): void {
    const { query } = this.subscription;
    this.line.subscribe(
      { query, variables: this.variables },
      {
        next: (result) => this.take(result),
        // a server that could not ask its database: subscribe again after a while, as the documentation says
        error: (reason) => {
          this.refusal = reason;
          void pause().then(() => this.closed || this.follow());
        },
        complete: () => this.closed || this.complaints.push('the server completed it'),
      },
    );
  }

  private take({ data, errors, extensions }: Result): void {
    if (!data) {
      this.complaints.push(JSON.stringify(errors));
      return;
    }
    const { ids, cursor } = this.subscription.frameOf(data, extensions?.cursor);
    // the client sends these variables again when it comes back
    this.variables.after = cursor;
    this.connections.at(-1)?.push(...ids);
    this.frames += 1;
  }
}
