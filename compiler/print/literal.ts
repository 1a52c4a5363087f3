import type { Binary, Expr } from '../1-parse/ast.ts';
import { numberText } from '../1-parse/number-text.ts';
import type { Argument } from '../arguments/argument.ts';
import type { Span } from '../source/span.ts';

/** A number as it is written: one below zero is the negative of another. */
export function numberExpr(value: number, span: Span): Expr {
  const size = Math.abs(value);
  const number: Expr = { kind: 'number', value: size, text: numberText(size), span };
  return value < 0 ? { kind: 'unary', operator: '-', operand: number, span } : number;
}

/** The default of an argument as an expression; null where it has none. */
export function defaultExpr(argument: Argument, span: Span): Expr | null {
  const { default: value, kind } = argument;
  if (value === undefined) return null;
  if (value === null) return { kind: 'none', span };
  if (typeof value === 'number') return numberExpr(value, span);
  if (typeof value === 'boolean') return { kind: 'boolean', value, span };
  if (typeof value !== 'string')
    return { kind: 'list', items: value.map((item) => numberExpr(item, span)), span };
  if (kind === 'distribution' || kind === 'constraint') {
    return { kind: 'ref', path: [{ name: value, span }], args: null, fields: [], span };
  }
  return { kind: 'string', value, span };
}

/** Whole numbers are calculated: `8*64` is 512. Others stay as they are written, since a decimal would not be exact. */
export function folded(expr: Binary): Expr {
  const { left, right, operator } = expr;
  if (left.kind !== 'number' || right.kind !== 'number') return expr;
  const results = {
    '+': left.value + right.value,
    '-': left.value - right.value,
    '*': left.value * right.value,
    '/': left.value / right.value,
  };
  const whole = [left.value, right.value, results[operator]].every(Number.isSafeInteger);
  return whole ? numberExpr(results[operator], expr.span) : expr;
}
