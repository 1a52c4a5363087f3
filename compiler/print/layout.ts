import type { Binary, Expr, Ref } from '../1-parse/ast.ts';
import { dotted, type ExpressionPrinter, FLOW, isSum, precedence, SUM, sides } from './expression.ts';

/** Columns of a line. */
export const WIDTH = 100;

/** Breaks expressions that are too wide for one line. */
export class Layout {
  readonly #printer: ExpressionPrinter;
  /** Whether its author broke the line before the operator of a sum. */
  readonly #brokenBefore: (sum: Binary) => boolean;

  constructor(printer: ExpressionPrinter, brokenBefore: (sum: Binary) => boolean) {
    this.#printer = printer;
    this.#brokenBefore = brokenBefore;
  }

  /**
   * The lines of an expression that begins in `column`, in a statement that is indented by `indent`. The
   * first has no indentation, the others have theirs.
   */
  lines(expr: Expr, column: number, indent: number, least = FLOW): string[] {
    const flat = this.#printer.text(expr, least);
    if (column + flat.length <= WIDTH && !this.#isBroken(expr)) return [flat];
    if (precedence(expr) < least) {
      const inside = this.lines(expr, column + 1, indent + 1);
      return wrap('(', inside, ')');
    }
    switch (expr.kind) {
      case 'binary':
        return this.#operands(expr, column, indent);
      case 'list':
        return this.#bracketed(
          '[',
          expr.items.map((item) => ['', item] as const),
          ']',
          column,
          indent,
        );
      case 'ref':
        return this.call(expr, column, indent);
      case 'unary':
        return wrap('-', this.lines(expr.operand, column + 1, indent, 3), '');
      case 'flow': {
        const margin = ' '.repeat(indent + 2);
        return [
          ...this.lines(expr.head, column, indent, SUM),
          ...expr.steps.map((step) => `${margin}-> ${this.#printer.step(step)}`),
        ];
      }
      default:
        return [flat];
    }
  }

  /** A call in several lines. */
  call(ref: Ref, column: number, indent: number): string[] {
    if (ref.args === null || ref.args.length === 0) return [this.#printer.ref(ref)];
    const args = ref.args.map((arg) => [arg.name ? `${arg.name.name}: ` : '', arg.value] as const);
    const fields = ref.fields.map(({ name }) => `.${name}`).join('');
    return this.#bracketed(`${dotted(ref.path)}(`, args, `)${fields}`, column, indent);
  }

  #isBroken(expr: Expr): boolean {
    return expr.kind === 'binary' && isSum(expr) && (this.#brokenBefore(expr) || this.#isBroken(expr.left));
  }

  /** As many items in a line as fit, beneath each other; or one a line, where that is too narrow for some. */
  #bracketed(
    open: string,
    items: readonly (readonly [before: string, value: Expr])[],
    close: string,
    column: number,
    indent: number,
  ): string[] {
    if (items.length === 0) return [open + close];
    return this.#filled(open, items, close, column) ?? this.#onePerLine(open, items, close, indent);
  }

  #filled(
    open: string,
    items: readonly (readonly [before: string, value: Expr])[],
    close: string,
    column: number,
  ): string[] | null {
    const inner = column + open.length;
    const lines = [open];
    for (const [i, [before, value]] of items.entries()) {
      const item = before + this.#printer.text(value) + (i < items.length - 1 ? ',' : close);
      if (inner + item.length > WIDTH) return null;
      const last = lines.at(-1)!;
      const width = (lines.length === 1 ? column : 0) + last.length + 1 + item.length;
      if (i === 0) lines[0] = open + item;
      else if (width <= WIDTH) lines[lines.length - 1] = `${last} ${item}`;
      else lines.push(' '.repeat(inner) + item);
    }
    return lines;
  }

  #onePerLine(
    open: string,
    items: readonly (readonly [before: string, value: Expr])[],
    close: string,
    indent: number,
  ): string[] {
    const inner = indent + 2;
    const margin = ' '.repeat(inner);
    const lines = items.flatMap(([before, value], i) => {
      const comma = i < items.length - 1 ? ',' : '';
      return wrap(margin + before, this.lines(value, inner + before.length, inner), comma);
    });
    return [open, ...lines, ' '.repeat(indent) + close];
  }

  /** Breaks before operators: those that its author broke before, or all where that is not enough. */
  #operands(expr: Binary, column: number, indent: number): string[] {
    const chain = operandsOf(expr);
    const margin = ' '.repeat(column);
    const first = chain[0]!;
    const lines = this.lines(first.operand, column, indent, first.least);
    const rest = chain.slice(1);
    const byAuthor = rest.some(({ of }) => this.#brokenBefore(of!));
    for (const { of, operand, least } of rest) {
      const flat = this.#printer.operator(of!) + this.#printer.text(operand, least);
      const last = lines.at(-1)!;
      const width = (lines.length === 1 ? column : 0) + last.length + flat.length;
      if (byAuthor && !this.#brokenBefore(of!) && width <= WIDTH) {
        lines[lines.length - 1] = last + flat;
      } else {
        const sign = `${of!.operator} `;
        lines.push(...wrap(margin + sign, this.lines(operand, column + 2, indent, least), ''));
      }
    }
    return lines;
  }
}

interface Operand {
  /** The operation whose right side it is; null for the first. */
  readonly of: Binary | null;
  readonly operand: Expr;
  readonly least: number;
}

/** `a + b - c` as its three operands. */
function operandsOf(expr: Binary): readonly Operand[] {
  const operands: Operand[] = [];
  let at: Expr = expr;
  while (at.kind === 'binary' && isSum(at) === isSum(expr)) {
    operands.unshift({ of: at, operand: at.right, least: sides(at).right });
    at = at.left;
  }
  return [{ of: null, operand: at, least: sides(expr).left }, ...operands];
}

function wrap(before: string, lines: readonly string[], after: string): string[] {
  const wrapped = [...lines];
  wrapped[0] = before + wrapped[0]!;
  wrapped[wrapped.length - 1] += after;
  return wrapped;
}
