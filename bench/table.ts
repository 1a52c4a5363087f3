export interface Bench {
  readonly title: string;
  run(): Promise<Table>;
}

export interface Table {
  readonly rows: readonly Row[];
  /** What stands below. */
  readonly notes?: readonly string[];
}

/** One line: columns by their heading. Every row of a table has the same ones. */
export type Row = Readonly<Record<string, string>>;

export function showTable(rows: readonly Row[]): string {
  const headings = Object.keys(rows[0] ?? {});
  const lines = [headings, ...rows.map((row) => headings.map((heading) => row[heading] ?? ''))];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const text = (line: readonly string[]) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('   ');
  return lines.map((line) => `  ${text(line).trimEnd()}\n`).join('');
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

export function milliseconds(value: number): string {
  return `${value.toFixed(value < 100 ? 1 : 0)} ms`;
}

export function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(bytes < 100 * 2 ** 20 ? 1 : 0)} MiB`;
}

/** From operations a millisecond. */
export function gigaflops(rate: number): string {
  return (rate / 1e6).toFixed(1);
}
