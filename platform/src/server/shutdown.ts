/** How long a stop may take before the process ends anyway, in milliseconds. */
export const STOP_MILLISECONDS = 5000;

/** Signals that come together are one: npm passes on a Ctrl-C that the terminal has told everybody already. */
const TOGETHER_MILLISECONDS = 500;

/** Calls `stop` at the first SIGTERM or SIGINT. Another one, half a second later or more, ends the process at once. */
export function onStopSignal(stop: () => void): void {
  let since: number | undefined;
  const onSignal = () => {
    if (since === undefined) {
      since = performance.now();
      stop();
    } else if (performance.now() - since >= TOGETHER_MILLISECONDS) {
      process.exit(1);
    }
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

/**
 * Stops the program in order on SIGTERM or SIGINT and ends the process with exit code 0, or with 1 when `stop` fails or
 * takes longer than STOP_MILLISECONDS.
 */
export function stopOnSignals(stop: () => Promise<void>): void {
  onStopSignal(() => {
    setTimeout(() => process.exit(1), STOP_MILLISECONDS).unref();
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}
