import type * as ast from '../1-parse/ast.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { arithmetic } from './arithmetic.ts';
import { type Context, mistake } from './context.ts';
import { evaluate } from './expression.ts';
import { inWords, sizeValue, type Value } from './values.ts';

/** `ceil(H/2)` and `floor(H/2)`: sizes that are rounded on purpose. */
export function isRounding(ref: ast.Ref): boolean {
  return (
    ref.path.length === 1 &&
    (ref.path[0]!.name === 'ceil' || ref.path[0]!.name === 'floor') &&
    ref.args?.length === 1 &&
    ref.args[0]!.name === null
  );
}

/** The only division that sizes take although it does not come out even is the one that is rounded. */
export function round(ref: ast.Ref, ctx: Context): Value {
  const [{ name }] = ref.path as [ast.Name];
  const up = name === 'ceil';
  const { value: expr } = ref.args![0]!;
  let value: Value;
  if (expr.kind === 'binary' && expr.operator === '/') {
    const [left, right] = [evaluate(expr.left, ctx), evaluate(expr.right, ctx)];
    const by =
      right.kind === 'number' && Number.isInteger(right.value) && right.value >= 1 ? right.value : null;
    if (left.kind === 'size' && by !== null) {
      return sizeValue(up ? left.size.ceilOver(by) : left.size.floorOver(by));
    }
    value = arithmetic(expr, left, right, ctx);
  } else value = evaluate(expr, ctx);
  switch (value.kind) {
    case 'unknown':
    case 'size':
      return value;
    case 'number':
      if (Number.isFinite(value.value)) {
        return { kind: 'number', value: up ? Math.ceil(value.value) : Math.floor(value.value) };
      }
  }
  return mistake(ctx, argumentValue, {
    at: expr.span,
    facts: { call: name, name: 'x', wanted: 'a number or a size', given: inWords(value) },
  });
}
