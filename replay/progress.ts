import { SingleBar } from 'cli-progress';
import type { Tally } from './tally.js';

export interface Progress {
  stop(): void;
}

const REDRAW_MS = 200;
const LINE_MS = 10_000;
/** The rate is that of the last so many milliseconds: a server that warms up or slows down shows soon. */
const RATE_WINDOW_MS = 10_000;

/** Shows how far the tally has come of `total` entries and exits: a bar on a terminal, a line now and then elsewhere. */
export function showProgress(tally: Tally, total: number, out: NodeJS.WriteStream): Progress {
  return out.isTTY ? drawBar(tally, total, out) : writeLines(tally, total, out);
}

function drawBar(tally: Tally, total: number, out: NodeJS.WriteStream): Progress {
  const bar = new SingleBar({
    stream: out,
    format: '{bar} {percentage} % | {value} of {total} entries and exits | {rate}/s | {left} left',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    hideCursor: true,
    noTTYOutput: false,
  });
  const rateOf = rateMeter(tally);
  const payload = () => {
    const rate = rateOf();
    return { rate: Math.round(rate).toLocaleString('en'), left: timeLeft(total - tally.movements, rate) };
  };
  bar.start(total, 0, payload());
  const timer = setInterval(() => bar.update(tally.movements, payload()), REDRAW_MS);
  return {
    stop() {
      clearInterval(timer);
      bar.update(tally.movements, payload());
      bar.stop();
    },
  };
}

function writeLines(tally: Tally, total: number, out: NodeJS.WriteStream): Progress {
  const rateOf = rateMeter(tally);
  const timer = setInterval(() => {
    const done = tally.movements;
    const rate = rateOf();
    const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
    out.write(
      `${percent} %: ${done.toLocaleString('en')} of ${total.toLocaleString('en')} entries and exits, ` +
        `${Math.round(rate).toLocaleString('en')}/s, ${timeLeft(total - done, rate)} left\n`,
    );
  }, LINE_MS);
  return { stop: () => clearInterval(timer) };
}

function rateMeter(tally: Tally): () => number {
  const seen = [{ at: performance.now(), movements: tally.movements }];
  return () => {
    const now = performance.now();
    seen.push({ at: now, movements: tally.movements });
    while (seen.length > 2 && seen[1]!.at < now - RATE_WINDOW_MS) seen.shift();
    const { at, movements } = seen[0]!;
    return ((tally.movements - movements) * 1000) / Math.max(1, now - at);
  };
}

function timeLeft(movements: number, rate: number): string {
  if (rate === 0) return 'unknown time';
  return duration((movements / rate) * 1000);
}

/** "45 s", "3 min 20 s" or "1 h 5 min". */
export function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
