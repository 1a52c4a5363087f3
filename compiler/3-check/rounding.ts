import type * as ast from '../1-parse/ast.ts';
import type { Context } from './context.ts';
import { evaluate } from './expression.ts';
import { UNKNOWN, type Value } from './values.ts';

/** `ceil(H/2)` and `floor(H/2)`: sizes that are rounded on purpose. */
export function isRounding(ref: ast.Ref): boolean {
  return (
    ref.path.length === 1 &&
    (ref.path[0]!.name === 'ceil' || ref.path[0]!.name === 'floor') &&
    ref.args?.length === 1 &&
    ref.args[0]!.name === null
  );
}

export function round(ref: ast.Ref, ctx: Context): Value {
  const up = ref.path[0]!.name === 'ceil';
  const { value: expr } = ref.args![0]!;
  if (expr.kind === 'binary' && expr.operator === '/') {
    const left = evaluate(expr.left, ctx);
    const right = evaluate(expr.right, ctx);
    if (
      left.kind === 'size' &&
      right.kind === 'number' &&
      Number.isInteger(right.value) &&
      right.value >= 1
    ) {
      const size = up ? left.size.ceilOver(right.value) : left.size.floorOver(right.value);
      return size.value === null ? { kind: 'size', size } : { kind: 'number', value: size.value };
    }
    if (left.kind === 'number' && right.kind === 'number' && right.value !== 0) {
      const value = left.value / right.value;
      return { kind: 'number', value: up ? Math.ceil(value) : Math.floor(value) };
    }
    return UNKNOWN;
  }
  const value = evaluate(expr, ctx);
  if (value.kind === 'number')
    return { kind: 'number', value: up ? Math.ceil(value.value) : Math.floor(value.value) };
  return value.kind === 'size' ? value : UNKNOWN;
}
