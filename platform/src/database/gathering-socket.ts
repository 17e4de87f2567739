import { Socket } from 'node:net';

/**
 * A socket that sends all that is corked in one turn of the event loop as one packet. pg corks each statement by itself, and
 * each would be a system call here and a wake-up of the server there.
 */
export class GatheringSocket extends Socket {
  private gathering = false;

  override cork(): void {
    super.cork();
    if (this.gathering) return;
    this.gathering = true;
    super.cork();
    process.nextTick(() => {
      this.gathering = false;
      this.uncork();
    });
  }
}
