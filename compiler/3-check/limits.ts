import { networkTooLarge } from '../diagnostics/codes/network-too-large.ts';
import type { Span } from '../source/span.ts';
import { type Context, mistake } from './context.ts';
import type { Dim } from './dim.ts';

/** Layers, steps and rounds of loops in a whole spec. */
export const MAX_LAYERS = 20_000;
/** Numbers in one tensor of one example: 1 GB. */
export const MAX_ELEMENTS = 2 ** 28;
/** Weights in all: 4 GB. */
export const MAX_WEIGHTS = 2 ** 30;
const MAX_BATCH = 65_536;
/** Each is checked and compiled like a spec of its own. */
export const MAX_STAGES = 100;

/** Thrown when a spec has grown past a limit: one report, and checking ends there. */
export class Enough extends Error {}

/** Reports a shape that no machine could hold, and says whether it did. */
export function refuseLargeShape(ctx: Context, shape: readonly Dim[], at: Span): boolean {
  let elements = 1;
  for (const size of shape) elements *= size.value ?? 1;
  if (elements <= MAX_ELEMENTS) return false;
  mistake(ctx, networkTooLarge, {
    at,
    facts: {
      what: `a tensor of shape [${shape.join(', ')}]`,
      amount: `${written(elements)} numbers`,
      limit: `${written(MAX_ELEMENTS)} in one tensor`,
    },
  });
  return true;
}

export function checkBatch(batch: number, at: Span, ctx: Context): void {
  if (batch <= MAX_BATCH) return;
  mistake(ctx, networkTooLarge, {
    at,
    facts: { what: 'batch', amount: written(batch), limit: written(MAX_BATCH) },
  });
}

/** Counts a layer or a round; ends the check when there are too many. */
export function countLayer(ctx: Context, at: Span, count = 1): void {
  ctx.world.layers += count;
  if (ctx.world.layers <= MAX_LAYERS) return;
  mistake(ctx, networkTooLarge, {
    at,
    facts: { what: ctx.owner, amount: null, limit: `${written(MAX_LAYERS)} layers` },
  });
  throw new Enough();
}

export function countWeights(ctx: Context, at: Span, layer: string, count: number): void {
  ctx.world.weights += count;
  if (ctx.world.weights <= MAX_WEIGHTS) return;
  mistake(ctx, networkTooLarge, {
    at,
    facts: { what: layer, amount: `${written(count)} weights`, limit: `${written(MAX_WEIGHTS)} in all` },
  });
  throw new Enough();
}

export function written(count: number): string {
  return count < 1e15 ? count.toLocaleString('en-US') : count.toExponential(2);
}
