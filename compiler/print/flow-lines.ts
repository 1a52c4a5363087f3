import type { Chain, Expr, Flow, Step } from '../1-parse/ast.ts';
import { type ExpressionPrinter, SUM } from './expression.ts';
import { type Layout, WIDTH } from './layout.ts';

/** A line of a flow, and up to where in the source it goes: null for a line inside of one layer. */
export interface FlowLine {
  readonly text: string;
  readonly end: number | null;
}

/** What the formatter knows of the text that it formats. */
export interface Authored {
  /** Whether a line was broken between two places. */
  broken(from: number, to: number): boolean;
  /** The column of the arrow before a step, from 0. */
  arrowColumn(step: Step): number | null;
  hasComment(start: number, end: number): boolean;
}

/** Beyond this column layers are not set beneath the first arrow: too little would fit behind. */
const FAR = 40;

/** One line of a flow being put together: its layers, each with the lines that it takes. */
interface Row {
  readonly pieces: { readonly step: Step | null; readonly lines: readonly FlowLine[] }[];
}

/** Sets a flow in rows: where its author broke it, or one layer a row where it is too wide. */
export class FlowSetter {
  readonly #printer: ExpressionPrinter;
  readonly #layout: Layout;
  /** Null where the flow comes from JSON. */
  readonly #authored: Authored | null;

  constructor(printer: ExpressionPrinter, layout: Layout, authored: Authored | null) {
    this.#printer = printer;
    this.#layout = layout;
    this.#authored = authored;
  }

  /** The lines of a value that begins behind `before`, which includes the indentation. */
  value(before: string, expr: Expr, indent: number): FlowLine[] {
    if (expr.kind !== 'flow') {
      const tooWide = before.length + this.#printer.text(expr).length > WIDTH;
      const below = tooWide && before.length > FAR;
      const column = below ? indent + 2 : before.length;
      const start = below ? ' '.repeat(column) : before;
      const lines = this.#layout.lines(expr, column, below ? column : indent).map((text, i, all) => ({
        text: i === 0 ? start + text : text,
        end: i === all.length - 1 ? expr.span.end : null,
      }));
      return below ? [{ text: before.trimEnd(), end: null }, ...lines] : lines;
    }
    return this.#flow(before, expr, indent);
  }

  #flow(before: string, flow: Flow, indent: number): FlowLine[] {
    const head = this.#layout.lines(flow.head, before.length, indent, SUM);
    const column = before.length + head[0]!.length + 1;
    const flat = before + this.#printer.text(flow);
    const [first] = flow.steps;
    const headAlone = head.length > 1 || this.#breaks(flow.head.span.end, first!, flat);
    const underArrow = !headAlone && column <= FAR;
    // Beneath `return` the arrows stand in its middle, clear of the names above.
    const arrow = underArrow ? column : indent + (before.trim() === 'return' ? 3 : 2);
    const headLines = head.map((text, i) => ({
      text: i === 0 ? before + text : text,
      end: i === head.length - 1 ? flow.head.span.end : null,
    }));
    const rows: Row[] = [{ pieces: [{ step: null, lines: headLines }] }];
    let end = flow.head.span.end;
    for (const [i, step] of flow.steps.entries()) {
      const begins = i === 0 ? headAlone : this.#breaks(end, step, flat);
      if (begins) rows.push({ pieces: [] });
      rows.at(-1)!.pieces.push({ step, lines: this.#step(step, arrow) });
      end = step.span.end;
    }
    return this.#set(rows, arrow);
  }

  /** Whether a new row begins before a step. */
  #breaks(from: number, step: Step, flat: string): boolean {
    return this.#authored ? this.#authored.broken(from, step.span.start) : flat.length > WIDTH;
  }

  /** Puts rows into lines, arrows beneath each other; a row that is too wide is broken again. */
  #set(rows: readonly Row[], arrow: number): FlowLine[] {
    const margin = ' '.repeat(arrow);
    const paddings = this.#paddings(rows);
    const lines: FlowLine[] = [];
    for (const [r, row] of rows.entries()) {
      for (const [i, { step, lines: own }] of row.pieces.entries()) {
        const [first, ...others] = own;
        const last = lines.at(-1);
        const newRow = i === 0 && r > 0;
        const padding = i === 1 ? paddings[r]! : 0;
        if (step === null) lines.push(...own);
        else if (
          newRow ||
          (last!.text.length + 4 + first!.text.length > WIDTH && last!.text.trimStart() !== '')
        ) {
          lines.push({ ...first!, text: `${margin}-> ${first!.text}` }, ...others);
        } else {
          lines[lines.length - 1] = {
            ...first!,
            text: `${last!.text}${' '.repeat(padding)} -> ${first!.text}`,
          };
          lines.push(...others);
        }
      }
    }
    return lines;
  }

  /** Neighbouring rows of two layers whose second arrows stood in one column stay aligned. */
  #paddings(rows: readonly Row[]): readonly number[] {
    const paddings = rows.map(() => 0);
    const columnOf = (r: number): number | null => {
      const pieces = rows[r]?.pieces;
      const second =
        pieces?.length === 2 && pieces[0]!.step && pieces[0]!.lines.length === 1 ? pieces[1]!.step : null;
      return second && this.#authored ? this.#authored.arrowColumn(second) : null;
    };
    for (let first = 0; first < rows.length; ) {
      let last = first;
      while (columnOf(first) !== null && columnOf(last + 1) === columnOf(first)) last++;
      const widths = rows.slice(first, last + 1).map(({ pieces }) => pieces[0]!.lines[0]!.text.length);
      if (last > first) {
        for (let r = first; r <= last; r++) paddings[r] = Math.max(...widths) - widths[r - first]!;
      }
      first = last + 1;
    }
    return paddings;
  }

  /** The lines of a layer whose arrow stands in a column; the first without its margin. */
  #step(step: Step, arrow: number): FlowLine[] {
    const flat = this.#printer.step(step);
    const end = step.span.end;
    if (step.kind === 'none') return [{ text: flat, end }];
    const fits = arrow + 3 + flat.length <= WIDTH;
    if (step.kind === 'ref') {
      const lines = fits ? [flat] : this.#layout.call(step, arrow + 3, arrow + 3);
      return lines.map((text, i) => ({ text, end: i === lines.length - 1 ? end : null }));
    }
    if (fits && !this.#isOpened(step.body)) return [{ text: flat, end }];
    const inner = arrow + 5;
    return [
      { text: `${this.#printer.loopHead(step)} {`, end: step.body.span.start + 1 },
      ...this.#chain(step.body, inner),
      { text: `${' '.repeat(arrow + 3)}}`, end },
    ];
  }

  /** Whether the author gave the body of a loop lines of its own. */
  #isOpened({ span, steps }: Chain): boolean {
    if (!this.#authored) return false;
    return (
      this.#authored.broken(span.start, steps[0]!.span.start) ||
      this.#authored.hasComment(span.start, span.end)
    );
  }

  #chain(chain: Chain, column: number): FlowLine[] {
    const rows: Row[] = [];
    let end = chain.span.start;
    for (const [i, step] of chain.steps.entries()) {
      if (i === 0 || !this.#authored || this.#authored.broken(end, step.span.start))
        rows.push({ pieces: [] });
      rows.at(-1)!.pieces.push({ step, lines: this.#step(step, column) });
      end = step.span.end;
    }
    // The first layer has no arrow of its own.
    const [first, ...others] = this.#set(
      [{ pieces: [{ step: null, lines: [{ text: '', end: null }] }] }, ...rows],
      column,
    );
    const begin = others[0]!;
    return [{ ...begin, text: ' '.repeat(column) + begin.text.slice(column + 3) }, ...others.slice(1)].filter(
      (line) => line !== first,
    );
  }
}
