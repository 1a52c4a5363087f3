import type * as ast from '../1-parse/ast.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { batchInShape } from '../diagnostics/codes/batch-in-shape.ts';
import { notAWholeNumber } from '../diagnostics/codes/not-a-whole-number.ts';
import { type Context, mistake } from './context.ts';
import { Dim } from './dim.ts';
import { evaluate } from './expression.ts';
import { refuseLargeShape } from './limits.ts';
import { textAt } from './source-text.ts';
import { inWords } from './values.ts';

const BATCH = /^(none|null|batch|batch_size|batchsize|bs|b)$/i;

/** The sizes in `[H, W, 3]`; null after a mistake was reported. */
export function readShape(ctx: Context, list: ast.ListExpr): readonly Dim[] | null {
  if (reportBatch(ctx, list)) return null;
  const sizes = list.items.map((item) => readSize(ctx, item));
  if (!sizes.every((size) => size !== null)) return null;
  return refuseLargeShape(ctx, sizes, list.span) ? null : sizes;
}

function readSize(ctx: Context, item: ast.Expr): Dim | null {
  const value = evaluate(item, ctx);
  if (value.kind === 'unknown') return null;
  if (value.kind === 'size') return value.size;
  if (value.kind !== 'number') {
    mistake(ctx, argumentValue, {
      at: item.span,
      facts: { call: 'a shape', name: 'a size', wanted: 'a whole number', given: inWords(value) },
    });
    return null;
  }
  if (!Number.isSafeInteger(value.value) || value.value < 1) {
    mistake(ctx, notAWholeNumber, {
      at: item.span,
      facts: { name: 'a size', written: textAt(ctx.world, item.span), value: value.value, min: 1 },
    });
    return null;
  }
  return Dim.of(value.value);
}

/** `[None, 64, 64, 3]`, `[batch, 64, 64, 3]`, `[-1, 64, 64, 3]`: the batch is never written. */
function reportBatch(ctx: Context, list: ast.ListExpr): boolean {
  const [first, ...rest] = list.items;
  if (!first || rest.length === 0 || !standsForBatch(ctx, first)) return false;
  const text = (expr: ast.Expr) => textAt(ctx.world, expr.span);
  mistake(ctx, batchInShape, {
    at: first.span,
    facts: { written: text(list), batch: text(first), without: `[${rest.map(text).join(', ')}]` },
    fixes: [
      {
        title: 'Remove the batch',
        edits: [{ span: { ...first.span, end: rest[0]!.span.start }, text: '' }],
        safe: true,
      },
    ],
  });
  return true;
}

function standsForBatch(ctx: Context, expr: ast.Expr): boolean {
  if (expr.kind === 'none') return true;
  if (expr.kind === 'unary' && expr.operand.kind === 'number') return expr.operand.value === 1;
  if (expr.kind !== 'ref' || expr.args || expr.path.length > 1) return false;
  const { name } = expr.path[0]!;
  return BATCH.test(name) && !ctx.world.resolved.namesAt(expr.span).params.has(name);
}
