import { labelUsedAsNumber } from '../diagnostics/codes/label-used-as-number.ts';
import { appendFix } from '../diagnostics/fixes.ts';
import type { Layer } from '../layers/layer.ts';
import type { Span } from '../source/span.ts';
import { type Context, mistake } from './context.ts';
import { textAt } from './source-text.ts';
import type { Given, Label } from './values.ts';

/** The vector size that is proposed where nothing near suggests one. */
const USUAL_SIZE = 64;

/** A label was given to a layer that computes with numbers. `all` are the tensors that it was given. */
export function reportLabel(
  ctx: Context,
  given: Given,
  label: Label,
  layer: Layer,
  all: readonly Given[],
): void {
  const use =
    layer.name === 'concat' ? ({ kind: 'join' } as const) : ({ kind: 'layer', layer: layer.name } as const);
  const beside = all.map((g) => (g.value.kind === 'tensor' && !g.value.label ? g.value.shape : []));
  const vector = beside.find((shape) => shape.length === 1)?.[0]?.value;
  report(ctx, given.span, label, use, vector ?? USUAL_SIZE);
}

export function reportLabelArithmetic(ctx: Context, at: Span, label: Label, operator: string): void {
  report(ctx, at, label, { kind: 'arithmetic', operator }, USUAL_SIZE);
}

function report(
  ctx: Context,
  at: Span,
  label: Label,
  use: Parameters<typeof labelUsedAsNumber.message>[0]['use'],
  size: number,
): void {
  mistake(ctx, labelUsedAsNumber, {
    at,
    facts: { name: textAt(ctx.world, at), classes: label.classes.value ?? 10, use, size },
    also: label.declared ? { declared: label.declared } : {},
    fixes: [appendFix('Turn it into a vector', at, ` -> embed(${size})`, true)],
  });
}

/** A label was given to a network or module that takes numbers there. */
export function reportLabelAsInput(ctx: Context, given: Given, label: Label, taker: string): void {
  report(ctx, given.span, label, { kind: 'layer', layer: taker }, USUAL_SIZE);
}
