import type * as ast from '../1-parse/ast.ts';
import { eachReference } from '../2-resolve/references.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import type { Span } from '../source/span.ts';
import { type Context, mistake } from './context.ts';
import { fieldType } from './dataset.ts';
import { Dim } from './dim.ts';
import { evaluate } from './expression.ts';
import type { Interval } from './interval.ts';
import { readInterval } from './interval-expression.ts';
import { latentOf } from './latent.ts';
import type { Latent } from './model.ts';
import { rangeSpan } from './range-span.ts';
import { readShape } from './shape-expression.ts';
import { inWords, type Label, UNKNOWN, type Value } from './values.ts';

/** The type of a tensor as a spec writes it: in sizes that may be named. */
export interface TensorPort {
  readonly kind: 'tensor';
  readonly shape: readonly Dim[];
  readonly label: Label | null;
  readonly range: Interval | null;
  /** What it is called where the type is that of a field: `faces.image`. */
  readonly field: string | null;
  /** Where the shape is written. */
  readonly span: Span;
  /** Where the range is written. */
  readonly rangeSpan: Span | null;
  /** Params that it was written with. */
  readonly because: readonly { readonly name: string; readonly value: number }[];
}

/** A shape, `label(10)`, or the type of a field; null after a mistake was reported. */
export function tensorType(ctx: Context, type: ast.TypeExpr): TensorPort | null {
  const { expr } = type;
  const range = type.range ? readInterval(ctx, type.range) : null;
  const names = ctx.world.resolved.namesAt(type.span);
  const written = names.file && rangeSpan(names.file.source, type);
  const base = { label: null, range, field: null, span: expr.span, rangeSpan: written, because: [] };
  if (expr.kind === 'list') {
    const shape = readShape(ctx, expr);
    return shape && { ...base, kind: 'tensor', shape, because: paramsIn(ctx, expr) };
  }
  if (expr.kind === 'ref' && expr.path.length === 1 && expr.path[0]!.name === 'label') {
    const classes = labelClasses(ctx, expr);
    return classes && { ...base, kind: 'tensor', shape: [], label: { classes, declared: expr.span } };
  }
  if (expr.kind === 'ref' && expr.args === null && expr.path.length === 2) {
    const [data, field] = expr.path;
    const found = fieldType(ctx, data!, field!);
    return found && { ...found, range: range ?? found.range, rangeSpan: written ?? found.rangeSpan };
  }
  // `noise: z`, where the input is not called like the latent.
  const latentItem = expr.kind === 'ref' && expr.args === null && names.latents.get(expr.path[0]!.name);
  if (latentItem) {
    const latent = latentOf(ctx.world, latentItem);
    return latent && latentType(latent);
  }
  const value = evaluate(expr, ctx);
  if (value.kind !== 'unknown') {
    mistake(ctx, argumentValue, {
      at: expr.span,
      facts: {
        call: ctx.owner,
        name: 'the type',
        wanted: 'a shape such as [64, 64, 3], label(10), or a field such as faces.image',
        given: inWords(value),
      },
    });
  }
  return null;
}

function labelClasses(ctx: Context, expr: ast.Ref): Dim | null {
  const given = expr.args?.[0];
  const value: Value = given ? evaluate(given.value, ctx) : UNKNOWN;
  if (value.kind === 'size') return value.size;
  if (value.kind === 'number' && Number.isSafeInteger(value.value) && value.value >= 1) {
    return Dim.of(value.value);
  }
  if (!given || value.kind !== 'unknown') {
    mistake(ctx, argumentValue, {
      at: expr.span,
      facts: {
        call: 'label',
        name: 'classes',
        wanted: 'the number of classes, such as label(10)',
        given: given ? inWords(value) : 'nothing',
      },
    });
  }
  return null;
}

/** Params that stand in an expression, with their values. */
function paramsIn(ctx: Context, expr: ast.Expr): { name: string; value: number }[] {
  const found = new Map<string, number>();
  eachReference(expr, (ref) => {
    const name = ref.path[0]!.name;
    if (!ctx.world.resolved.namesAt(ref.span).params.has(name) || found.has(name)) return;
    const value = evaluate(ref, ctx);
    if (value.kind === 'number') found.set(name, value.value);
  });
  return [...found].map(([name, value]) => ({ name, value }));
}

/** What an input takes that is a latent. */
export function latentType(latent: Latent): TensorPort {
  return {
    kind: 'tensor',
    shape: latent.type.shape.map((size) => Dim.of(size)),
    label: null,
    range: latent.type.range,
    field: null,
    span: latent.span,
    rangeSpan: null,
    because: [],
  };
}
