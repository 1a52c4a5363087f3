import type * as ast from '../1-parse/ast.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { type Context, mistake } from './context.ts';
import { evaluate } from './expression.ts';
import type { Interval } from './interval.ts';
import { inWords } from './values.ts';

/** The two numbers after `in`; null after a mistake was reported. */
export function readInterval(ctx: Context, list: ast.ListExpr): Interval | null {
  const values = list.items.map((item) => evaluate(item, ctx));
  if (values.some((value) => value.kind === 'unknown')) return null;
  const numbers = values.map((value) => (value.kind === 'number' ? value.value : Number.NaN));
  const [low, high] = numbers;
  if (numbers.length === 2 && low! < high!) return { low: low!, high: high! };
  mistake(ctx, argumentValue, {
    at: list.span,
    facts: {
      call: 'in',
      name: 'the range',
      wanted: 'the smallest and the largest value, such as [-1, 1]',
      given: `[${values.map(inWords).join(', ')}]`,
    },
  });
  return null;
}
