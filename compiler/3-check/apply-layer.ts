import type { Arguments } from '../arguments/arguments.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { networkTooLarge } from '../diagnostics/codes/network-too-large.ts';
import { unknownArgument } from '../diagnostics/codes/unknown-argument.ts';
import { weightsOutsideNetwork } from '../diagnostics/codes/weights-outside-network.ts';
import type { Layer, ShapeQuery } from '../layers/layer.ts';
import type { Span } from '../source/span.ts';
import { bind } from './bind.ts';
import { type Context, mistake } from './context.ts';
import { type Dim, SizeTooLarge } from './dim.ts';
import { UNBOUNDED } from './interval.ts';
import { joinDetails } from './join-report.ts';
import { reportLabel } from './label-report.ts';
import { countLayer, countWeights, refuseLargeShape } from './limits.ts';
import type { Weight } from './model.ts';
import { addNode, numberTensor } from './tensors.ts';
import { type Given, inWords, type TensorValue, UNKNOWN, type Value } from './values.ts';

/** A tensor that a layer takes, and how it was written. */
export interface LayerInput {
  readonly tensor: TensorValue;
  readonly given: Given;
}

/** Feeds tensors into a layer: from the left, and from its parentheses. */
export function applyLayer(
  layer: Layer,
  first: Given | null,
  args: readonly Given[],
  span: Span,
  ctx: Context,
): Value {
  const sorted = sortGiven(layer, first, args);
  const call = { name: layer.name, noun: 'argument', span } as const;
  const bound = bind(ctx, call, layer.arguments, sorted.rest);
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
  if (!ctx.graph)
    return addNode(ctx, nowhere(layer, bound.args), tensors, { shape, range, label, batched }, span);
  countLayer(ctx, span);
  const path = ctx.path.claim(layer.name);
  const weights = weightsOf(layer, inputs, bound.args, path, ctx, span);
  if (weights.length > 0 && ctx.place === 'train') {
    return mistake(ctx, weightsOutsideNetwork, { at: span, facts: { layer: layer.name } });
  }
  const op = { kind: 'layer', layer, args: bound.args, path, weights } as const;
  return addNode(ctx, op, tensors, { shape, range, label, batched }, span);
}

function nowhere(layer: Layer, args: Arguments) {
  return { kind: 'layer', layer, args, path: '', weights: [] } as const;
}

/** Which of the given values are tensors to compute with, and which are arguments of the table. */
function sortGiven(layer: Layer, first: Given | null, args: readonly Given[]) {
  const inputs: Given[] = first ? [first] : [];
  const rest: Given[] = [];
  const named = new Set(args.map((g) => g.name));
  let places = layer.arguments.filter((argument) => !named.has(argument.name)).length;
  if (layer.arguments.some((argument) => argument.rest)) places = Infinity;
  for (const given of args) {
    const { kind } = given.value;
    const isTensor = kind === 'tensor' || kind === 'record' || kind === 'dataset';
    // What cannot be an argument any more must be meant as a tensor: the 0.9 in `maximum(x, 0.9)`.
    const canTake = layer.inputs === 'many' || inputs.length === 0;
    const isSpare = places === 0 && canTake;
    if (given.name === null && (isTensor || isSpare)) inputs.push(given);
    else {
      rest.push(given);
      if (given.name === null) places--;
    }
  }
  return { inputs, rest };
}

/** The tensors that a layer computes with; null after a mistake. */
function inputsOf(layer: Layer, given: readonly Given[], span: Span, ctx: Context): LayerInput[] | null {
  if (layer.inputs === 'one' && given.length !== 1) {
    const takes = given.length === 0 ? 'missing' : 'too many';
    const base = { call: layer.name, noun: 'argument', signature: null } as const;
    if (takes === 'missing') {
      mistake(ctx, unknownArgument, { at: span, facts: { ...base, problem: 'missing', name: 'x' } });
    } else {
      mistake(ctx, unknownArgument, {
        at: given[1]!.span,
        facts: { ...base, problem: 'too many', given: given.length, takes: 1 },
      });
    }
    return null;
  }
  const inputs: LayerInput[] = [];
  for (const one of given) {
    const { value } = one;
    if (value.kind === 'unknown') return null;
    // A plain number beside a tensor is a tensor too; alone it is one in losses only.
    const isAlone = ctx.place !== 'train' && !given.some((other) => other.value.kind === 'tensor');
    if (value.kind === 'number' && !isAlone) {
      inputs.push({ tensor: numberTensor(ctx, value.value, one.span), given: one });
    } else if (value.kind === 'tensor') {
      if (value.label && !layer.takesLabel) {
        reportLabel(ctx, one, value.label, layer, given);
        return null;
      }
      inputs.push({ tensor: value, given: one });
    } else {
      mistake(ctx, argumentValue, {
        at: one.span,
        facts: { call: layer.name, name: 'x', wanted: 'a tensor', given: inWords(value) },
      });
      return null;
    }
  }
  if (layer.takesLabel === true && inputs.some((input) => !input.tensor.label)) {
    const { given: one, tensor } = inputs.find((input) => !input.tensor.label)!;
    mistake(ctx, argumentValue, {
      at: one.span,
      facts: { call: layer.name, name: 'x', wanted: 'a label, such as faces.class', given: inWords(tensor) },
    });
    return null;
  }
  return inputs;
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
  const weights = layer.weights?.(shapes, args, labels) ?? [];
  const count = weights.reduce(
    (sum, weight) => sum + weight.shape.reduce((product, size) => product * size, 1),
    0,
  );
  countWeights(ctx, span, layer.name, count);
  return weights.map((weight) => ({
    ...weight,
    path: `${path}/${weight.name}`,
    constraint: weight.constraint ?? null,
  }));
}
