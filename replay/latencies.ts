import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';

/** How long each kind of request took. */
export class Latencies {
  /** Microseconds. */
  private readonly histograms = new Map<string, RecordableHistogram>();

  record(kind: string, milliseconds: number): void {
    let histogram = this.histograms.get(kind);
    if (!histogram) this.histograms.set(kind, (histogram = createHistogram()));
    histogram.record(Math.max(1, Math.round(milliseconds * 1000)));
  }

  /** A line for each kind, under a line of headings. */
  table(heading = 'request'): string[] {
    const rows = [...this.histograms].map(([kind, histogram]) => [
      kind,
      histogram.count.toLocaleString('en'),
      ...[50, 95, 99].map((percentile) => (histogram.percentile(percentile) / 1000).toFixed(1)),
      (histogram.max / 1000).toFixed(1),
    ]);
    return inColumns([[heading, 'count', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms'], ...rows]);
  }
}

/** Pads the cells of a table: the first column to the left, the others to the right. */
export function inColumns(rows: string[][]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '),
  );
}
