import { Arguments } from '../arguments/arguments.ts';
import { withTrained } from '../constraints/hold.ts';
import { networkTooLarge } from '../diagnostics/codes/network-too-large.ts';
import { poolInsideNetwork } from '../diagnostics/codes/pool-inside-network.ts';
import { weightsOutsideNetwork } from '../diagnostics/codes/weights-outside-network.ts';
import type { Layer, ShapeQuery } from '../layers/layer.ts';
import type { Span } from '../source/span.ts';
import { bind } from './bind.ts';
import { type Context, hasBatches, mistake } from './context.ts';
import { type Dim, SizeTooLarge } from './dim.ts';
import { eachOutput } from './each-output.ts';
import { UNBOUNDED } from './interval.ts';
import { joinDetails } from './join-report.ts';
import { inputsOf, type LayerInput, layerCall, sortGiven } from './layer-inputs.ts';
import { countLayer, countWeights, refuseLargeShape } from './limits.ts';
import type { Weight } from './model.ts';
import { addNode } from './tensors.ts';
import { type Given, UNKNOWN, type Value } from './values.ts';

/** Feeds tensors into a layer: from the left, and from its parentheses. */
export function applyLayer(
  layer: Layer,
  first: Given | null,
  args: readonly Given[],
  span: Span,
  ctx: Context,
): Value {
  if (layer.keepsExamples && !hasBatches(ctx)) {
    return mistake(ctx, poolInsideNetwork, { at: span, facts: { layer: layer.name } });
  }
  const given = first ? [first, ...args] : args;
  if (!layer.takesOutputs) {
    const values = given.map(({ value }) => value);
    const each = eachOutput(values, span, ctx, (parts) => {
      const [own, ...rest] = given.map((one, index) => ({ ...one, value: parts[index]! }));
      return first
        ? applyLayer(layer, own!, rest, span, ctx)
        : applyLayer(layer, null, [own!, ...rest], span, ctx);
    });
    if (each) return each;
  }
  const sorted = layer.takesOutputs
    ? sortGiven(layer, null, given.flatMap(outputsOf))
    : sortGiven(layer, first, args);
  const number = ofNumbers(layer, given);
  if (number !== null) return { kind: 'number', value: number };
  const bound = bind(ctx, layerCall(layer, span), layer.arguments, sorted.rest);
  const inputs = inputsOf(layer, sorted.inputs, span, ctx);
  if (!bound || !inputs) return UNKNOWN;
  const shape = shapeOf(layer, inputs, bound.args, span, ctx);
  if (!shape || refuseLargeShape(ctx, shape, span)) return UNKNOWN;
  const tensors = inputs.map((input) => input.tensor);
  const range =
    layer.range?.(
      tensors.map((t) => t.range),
      bound.args,
    ) ?? UNBOUNDED;
  const label = layer.takesLabel === 'too' ? (tensors[0]?.label ?? null) : null;
  const batched = layer.result === 'batch' ? false : tensors.some((t) => t.batched);
  const op = { kind: 'layer', layer, ...bound } as const;
  if (!ctx.graph)
    return addNode(ctx, { ...op, path: '', weights: [] }, tensors, { shape, range, label, batched }, span);
  countLayer(ctx, span);
  const path = ctx.path.claim(layer.name);
  const weights = weightsOf(layer, inputs, bound.args, path, ctx, span);
  if (weights.length > 0 && hasBatches(ctx) && !layer.keepsExamples) {
    return mistake(ctx, weightsOutsideNetwork, { at: span, facts: { layer: layer.name } });
  }
  return addNode(ctx, { ...op, path, weights }, tensors, { shape, range, label, batched }, span);
}

/**
 * `sqrt(2)` is a number as `1 + 1` is, so that it can be a size or an argument: what a function of single numbers makes of
 * a range that holds nothing else. Null for what is not of numbers alone.
 */
function ofNumbers(layer: Layer, given: readonly Given[]): number | null {
  if (!layer.needsNoBatch || layer.arguments.length > 0 || given.length === 0) return null;
  const points = given.flatMap(({ value }) =>
    value.kind === 'number' ? [{ low: value.value, high: value.value }] : [],
  );
  const range = points.length === given.length ? layer.range?.(points, new Arguments(new Map())) : null;
  return range && range.low === range.high && Number.isFinite(range.low) ? range.low : null;
}

/** A record as its outputs side by side, for the layer that takes them so. */
function outputsOf(given: Given): readonly Given[] {
  const { value } = given;
  return value.kind === 'record'
    ? [...value.fields.values()].map((one) => ({ ...given, value: one }))
    : [given];
}

/** Mistakes that a module may not make although its sizes are still names: they depend on the numbers. */
const DEPENDS_ON_NUMBERS = new Set(['shuffle-channels', 'reshape-count-mismatch']);

function shapeOf(
  layer: Layer,
  inputs: readonly LayerInput[],
  args: Arguments,
  span: Span,
  ctx: Context,
): readonly Dim[] | null {
  const query: ShapeQuery = {
    inputs: inputs.map((input) => input.tensor.shape),
    labels: inputs.map((input) => input.tensor.label?.classes ?? null),
    args,
    span,
    inputSpans: inputs.map((input) => (input.given.expr ? input.given.span : input.tensor.made)),
    report(definition, details) {
      const isSymbolic = !ctx.graph && ctx.place === 'module';
      if (isSymbolic && (definition.severity !== 'error' || DEPENDS_ON_NUMBERS.has(definition.code)))
        return null;
      const at = details.at ?? span;
      mistake(ctx, definition, { ...details, at, ...joinDetails(definition, inputs, ctx) });
      return null;
    },
  };
  try {
    return layer.shape(query);
  } catch (error) {
    if (!(error instanceof SizeTooLarge)) throw error;
    mistake(ctx, networkTooLarge, {
      at: span,
      facts: { what: layer.name, amount: null, limit: '2^53 in one size' },
    });
    return null;
  }
}

function weightsOf(
  layer: Layer,
  inputs: readonly LayerInput[],
  args: Arguments,
  path: string,
  ctx: Context,
  span: Span,
): Weight[] {
  const shapes = inputs.map((input) => input.tensor.shape.map((size) => size.value!));
  const labels = inputs.map((input) => input.tensor.label?.classes.value ?? null);
  const weights = (layer.weights?.(shapes, args, labels) ?? []).flatMap(withTrained);
  const count = weights.reduce(
    (sum, weight) => sum + weight.shape.reduce((product, size) => product * size, 1),
    0,
  );
  countWeights(ctx, span, layer.name, count);
  return weights.map((weight) => ({
    ...weight,
    path: `${path}/${weight.name}`,
    constraint: weight.constraint ?? null,
    lr: args.has('lr') ? args.number('lr') : 1,
  }));
}
