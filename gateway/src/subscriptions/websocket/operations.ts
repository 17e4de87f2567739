import { MessageType } from 'graphql-ws';

interface Operation {
  /** The client has said that it wants no more of it. */
  completed: boolean;
  /** What begins the next one with the same id. */
  next?: string | undefined;
}

/**
 * Hands a client's messages to the protocol's server, but what begins an operation only when an earlier one with the
 * same id is over. The server tells them apart by the id alone: it would end one for the other, and the other never.
 */
export class Operations {
  private readonly running = new Map<string, Operation>();

  /** @param receive resolves when the message is done with: of an operation, when it is over */
  constructor(
    private readonly receive: (text: string) => Promise<void>,
    private readonly isOpen: () => boolean,
  ) {}

  /** How many are not over, those included that the client has completed. */
  get size(): number {
    return this.running.size;
  }

  async take(text: string): Promise<void> {
    const { type, id } = kindOf(text);
    const running = id === undefined ? undefined : this.running.get(id);
    if (type === MessageType.Subscribe && id !== undefined) {
      if (!running) return this.run(id, text);
      if (running.completed) {
        running.next = text;
        return;
      }
    }
    if (type === MessageType.Complete && running) {
      if (running.next !== undefined) {
        running.next = undefined;
        return;
      }
      running.completed = true;
    }
    return this.receive(text);
  }

  private async run(id: string, text: string): Promise<void> {
    const operation: Operation = { completed: false };
    this.running.set(id, operation);
    try {
      await this.receive(text);
    } finally {
      this.running.delete(id);
    }
    if (operation.next !== undefined && this.isOpen()) await this.run(id, operation.next);
  }
}

/** What the protocol's server refuses is of no kind here. */
function kindOf(text: string): { type?: unknown; id?: string } {
  try {
    const { type, id } = JSON.parse(text) as { type?: unknown; id?: unknown };
    return typeof id === 'string' ? { type, id } : { type };
  } catch {
    return {};
  }
}
