import type { Arg, Binary, Chain, Expr, ListExpr, Name, Ref, Step } from '../1-parse/ast.ts';

/** Whether `*` and `/` stand with spaces around them. */
export type Spacing = (product: Binary) => boolean;

/** How tightly an expression holds together; what holds less tightly than its place asks for needs parentheses. */
export const FLOW = 0;
export const SUM = 1;
const PRODUCT = 2;
const UNARY = 3;
const ATOM = 4;

export function precedence(expr: Expr): number {
  switch (expr.kind) {
    case 'flow':
      return FLOW;
    case 'binary':
      return isSum(expr) ? SUM : PRODUCT;
    case 'unary':
      return UNARY;
    default:
      return ATOM;
  }
}

export function isSum(expr: Binary): boolean {
  return expr.operator === '+' || expr.operator === '-';
}

/** What the two sides of an operator must hold together as: `a - (b - c)`. */
export function sides(expr: Binary): { readonly left: number; readonly right: number } {
  return isSum(expr) ? { left: SUM, right: PRODUCT } : { left: PRODUCT, right: UNARY };
}

/** Writes expressions on one line. */
export class ExpressionPrinter {
  readonly #spacing: Spacing;

  constructor(spacing: Spacing) {
    this.#spacing = spacing;
  }

  /** In parentheses where it holds less tightly than `least`. */
  text(expr: Expr, least = FLOW): string {
    const plain = this.#plain(expr);
    return precedence(expr) < least ? `(${plain})` : plain;
  }

  #plain(expr: Expr): string {
    switch (expr.kind) {
      case 'number':
        return expr.text;
      case 'string':
        return JSON.stringify(expr.value);
      case 'boolean':
        return String(expr.value);
      case 'none':
        return 'none';
      case 'hole':
        return '_';
      case 'list':
        return this.list(expr);
      case 'ref':
        return this.ref(expr);
      case 'unary':
        return `-${this.text(expr.operand, UNARY)}`;
      case 'binary': {
        const { left, right } = sides(expr);
        return `${this.text(expr.left, left)}${this.operator(expr)}${this.text(expr.right, right)}`;
      }
      case 'flow':
        return [this.text(expr.head, SUM), ...expr.steps.map((step) => this.step(step))].join(' -> ');
    }
  }

  operator(expr: Binary): string {
    return isSum(expr) || this.#spacing(expr) ? ` ${expr.operator} ` : expr.operator;
  }

  list(list: ListExpr): string {
    return `[${list.items.map((item) => this.text(item)).join(', ')}]`;
  }

  ref(ref: Ref): string {
    const args = ref.args === null ? '' : `(${ref.args.map((arg) => this.arg(arg)).join(', ')})`;
    return `${dotted(ref.path)}${args}${ref.fields.map((field) => `.${field.name}`).join('')}`;
  }

  arg(arg: Arg): string {
    return arg.name ? `${arg.name.name}: ${this.text(arg.value)}` : this.text(arg.value);
  }

  step(step: Step): string {
    switch (step.kind) {
      case 'for':
      case 'repeat':
      case 'per_frame':
        return `${this.loopHead(step)} ${this.#chain(step.body)}`;
      case 'none':
        return 'none';
      case 'ref':
        return this.ref(step);
    }
  }

  /** `for f in [256, 128]`, without the body. */
  loopHead(step: Exclude<Step, { kind: 'ref' | 'none' }>): string {
    switch (step.kind) {
      case 'for':
        return `for ${step.variable.name} in ${this.text(step.in, SUM)}`;
      case 'repeat':
        return `repeat ${this.text(step.count, SUM)}`;
      case 'per_frame':
        return 'per_frame';
    }
  }

  #chain(chain: Chain): string {
    return `{ ${chain.steps.map((step) => this.step(step)).join(' -> ')} }`;
  }
}

export function dotted(path: readonly Name[]): string {
  return path.map(({ name }) => name).join('.');
}

/** Spaces around all operators, as in the JSON form: `2 * H`. */
export const spacedPrinter = new ExpressionPrinter(() => true);

/** `2*H` and `4*ch/2`, but `100 * l1(fake, real)`: products of names and numbers stand close. */
export function hasCall(expr: Expr): boolean {
  switch (expr.kind) {
    case 'number':
      return false;
    case 'ref':
      return expr.args !== null;
    case 'binary':
      return isSum(expr) || hasCall(expr.left) || hasCall(expr.right);
    case 'unary':
      return hasCall(expr.operand);
    default:
      return true;
  }
}
