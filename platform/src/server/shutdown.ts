/** How long a stop may take before the process ends anyway, in milliseconds. */
export const STOP_MILLISECONDS = 5000;

/**
 * Stops the program in order on SIGTERM or SIGINT and ends the process with exit code 0, or with 1 when `stop` fails or
 * takes longer than STOP_MILLISECONDS. A second signal ends it at once.
 */
export function stopOnSignals(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = () => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), STOP_MILLISECONDS).unref();
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
