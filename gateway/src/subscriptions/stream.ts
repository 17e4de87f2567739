/**
 * A stream that is pulled: `pull` resolves to the next value, or to undefined at the end. return() stops it at once, even
 * while a next() is pending. An async generator could not: its return() waits for the pending next(), and so would keep
 * the source of a client who has left until the next event.
 */
export function stream<Value>(
  pull: () => Promise<Value | undefined>,
  stop: () => void,
): AsyncGenerator<Value, void> {
  let ended = false;
  const done: IteratorReturnResult<undefined> = { done: true, value: undefined };
  const end = () => {
    if (!ended) stop();
    ended = true;
    return done;
  };
  return {
    async next() {
      if (ended) return done;
      try {
        const value = await pull();
        // stopped while it was pulled
        return ended || value === undefined ? end() : { done: false, value };
      } catch (error) {
        end();
        throw error;
      }
    },
    return: () => Promise.resolve(end()),
    throw: (error) => {
      end();
      return Promise.reject(error as Error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: () => Promise.resolve(void end()),
  };
}
