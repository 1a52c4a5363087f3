import type { Stage, Train } from '../1-parse/ast.ts';
import type { ExpressionPrinter } from './expression.ts';
import { WIDTH } from './layout.ts';

/**
 * Stages that stand in one row each, as the rows of a table: `stage "7x7" { size: 7  steps: 300 }`. Null for other
 * entries, and for a stage that its author wrote over several rows or that does not fit into one.
 */
export function stageRows(
  entries: Train['entries'],
  printer: ExpressionPrinter,
  /** Whether a stage may stand in one row, as far as its author and comments are concerned. */
  mayBeRow: (stage: Stage) => boolean,
  indent: number,
): readonly (string | null)[] {
  const cells = entries.map((entry) => {
    if (entry.kind !== 'stage' || entry.options.length === 0 || !mayBeRow(entry)) return null;
    const own = cellsOf(entry, printer);
    return rowOf(own, indent).length <= WIDTH ? own : null;
  });
  const rows: (string | null)[] = entries.map(() => null);
  for (let first = 0; first < cells.length; ) {
    if (!cells[first]) {
      first++;
      continue;
    }
    let end = first;
    while (cells[end]) end++;
    for (const [offset, row] of table(cells.slice(first, end) as string[][], indent).entries()) {
      rows[first + offset] = row;
    }
    first = end;
  }
  return rows;
}

function cellsOf({ label, options }: Stage, printer: ExpressionPrinter): readonly string[] {
  return [
    JSON.stringify(label.value),
    ...options.map(({ name, value }) => `${name.name}: ${printer.text(value)}`),
  ];
}

/** Columns are aligned as far as all rows name the same options; where that becomes too wide, none are. */
function table(rows: readonly (readonly string[])[], indent: number): readonly string[] {
  const alike = (column: number) =>
    column === 0 || new Set(rows.map((row) => row[column]?.split(':')[0] ?? '')).size === 1;
  const columns = Math.max(...rows.map((row) => row.length));
  const widths: number[] = [];
  for (let column = 0; column < columns && alike(column); column++) {
    widths.push(Math.max(...rows.map((row) => row[column]!.length)));
  }
  const padded = rows.map((row) =>
    row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))),
  );
  const aligned = padded.map((row) => rowOf(row, indent));
  return aligned.every((row) => row.length <= WIDTH) ? aligned : rows.map((row) => rowOf(row, indent));
}

function rowOf([label, ...options]: readonly string[], indent: number): string {
  return `${' '.repeat(indent)}stage ${label} { ${options.join('  ')} }`;
}
