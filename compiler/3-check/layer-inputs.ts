import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { unknownArgument } from '../diagnostics/codes/unknown-argument.ts';
import type { Layer } from '../layers/layer.ts';
import type { Span } from '../source/span.ts';
import type { Call } from './assign.ts';
import { type Context, mistake } from './context.ts';
import { reportLabel } from './label-report.ts';
import { numberTensor } from './tensors.ts';
import { scheduleTensor } from './training-tensors.ts';
import { type Given, inWords, type TensorValue } from './values.ts';
import { isOfWholeBatch } from './whole-batch.ts';

/** A tensor that a layer takes, and how it was written. */
export interface LayerInput {
  readonly tensor: TensorValue;
  readonly given: Given;
}

/** The use of a layer, for what is said about its arguments. */
export function layerCall({ name, sides = [] }: Layer, span: Span): Call {
  return { name, noun: 'argument', span, tensors: sides };
}

/** Which of the given values are tensors to compute with, and which are arguments of the table. */
export function sortGiven(layer: Layer, first: Given | null, args: readonly Given[]) {
  const inputs: Given[] = first ? [first] : [];
  const rest: Given[] = [];
  const named = new Map<string, Given>();
  const names = new Set(args.map((g) => g.name));
  let places = layer.arguments.filter((argument) => !names.has(argument.name)).length;
  if (layer.arguments.some((argument) => argument.rest)) places = Infinity;
  for (const given of args) {
    const { kind } = given.value;
    const isTensor = kind === 'tensor' || kind === 'record' || kind === 'dataset';
    // What cannot be an argument any more must be meant as a tensor: the 0.9 in `maximum(x, 0.9)`.
    const canTake = layer.inputs === 'many' || inputs.length === 0;
    const isSpare = places === 0 && canTake;
    const side = layer.sides?.find(({ name }) => name === given.name)?.name;
    const next = layer.sides?.[inputs.length - 1];
    const isOfBatch = next?.orOfBatch && !names.has(next.name) && (kind === 'number' || kind === 'schedule');
    if (side && !named.has(side)) named.set(side, given);
    else if (given.name === null && (isTensor || isSpare || isOfBatch)) inputs.push(given);
    else {
      rest.push(given);
      if (given.name === null) places--;
    }
  }
  return { inputs: withSides(layer, inputs, named), rest };
}

/** The one that flows in, then its sides, by name or by place; what is left over comes last. */
function withSides(
  { sides = [] }: Layer,
  [first, ...placed]: readonly Given[],
  named: ReadonlyMap<string, Given>,
): readonly (Given | undefined)[] {
  if (sides.length === 0) return first ? [first, ...placed] : [];
  const inOrder = sides.map(
    ({ name, optional }) => named.get(name) ?? (optional ? undefined : placed.shift()),
  );
  const written = sides.at(-1)!.optional && !inOrder.at(-1) ? inOrder.slice(0, -1) : inOrder;
  return [first, ...written, ...placed];
}

/** The tensors that a layer computes with; null after a mistake. */
export function inputsOf(
  layer: Layer,
  all: readonly (Given | undefined)[],
  span: Span,
  ctx: Context,
): LayerInput[] | null {
  const given = allThere(layer, all, span, ctx);
  const inputs = given?.map((_, at) => inputOf(layer, given, at, ctx));
  return inputs?.every((input) => input !== null) ? inputs : null;
}

/** The tensors when there are as many as the layer takes; null after a mistake. */
function allThere(
  { name, inputs, sides = [] }: Layer,
  given: readonly (Given | undefined)[],
  span: Span,
  ctx: Context,
): readonly Given[] | null {
  const base = { call: name, noun: 'argument', signature: null } as const;
  const missing = given.length === 0 ? 0 : given.indexOf(undefined);
  if (missing >= 0 && (inputs === 'one' || given.length > 0)) {
    const which = missing === 0 ? 'x' : sides[missing - 1]!.name;
    mistake(ctx, unknownArgument, { at: span, facts: { ...base, problem: 'missing', name: which } });
    return null;
  }
  const present = given as readonly Given[];
  const takes = 1 + sides.length;
  if (inputs === 'many' || present.length <= takes) return present;
  const facts = { ...base, problem: 'too many', given: present.length, takes } as const;
  mistake(ctx, unknownArgument, { at: present[takes]!.span, facts });
  return null;
}

/** One input, when it is what the layer takes there; null after a mistake, or when it is unknown. */
function inputOf(layer: Layer, all: readonly Given[], at: number, ctx: Context): LayerInput | null {
  const given = all[at]!;
  const { value } = given;
  if (value.kind === 'unknown') return null;
  const side = layer.inputs === 'one' ? layer.sides?.[at - 1] : undefined;
  const wrong = (wanted: string, written: string, instead: string | null = null) => {
    const facts = { call: layer.name, name: side?.name ?? 'x', wanted, given: written, instead };
    mistake(ctx, argumentValue, { at: given.span, facts });
    return null;
  };
  // A plain number beside a tensor is a tensor too; alone it is one in losses only.
  const isAlone = ctx.place !== 'train' && !all.some((other) => other.value.kind === 'tensor');
  if (value.kind === 'number' && !isAlone) {
    return { tensor: numberTensor(ctx, value.value, given.span), given };
  }
  if (value.kind === 'schedule' && side?.orOfBatch) {
    return { tensor: scheduleTensor(value, given.span, ctx), given };
  }
  if (value.kind !== 'tensor') return wrong('a tensor', inWords(value));
  const takes = side
    ? side.takes
    : { true: 'label', too: 'either', false: 'tensor' }[`${layer.takesLabel ?? false}`];
  if (value.label && takes === 'tensor') {
    reportLabel(ctx, given, value.label, layer, all);
    return null;
  }
  if (!value.label && takes === 'label') {
    const isVector = value.shape.length === 1;
    const plainly = `leave ${layer.name} out: a vector, such as a categorical latent, is used as it is`;
    return wrong('a label, such as faces.class', inWords(value), isVector ? plainly : null);
  }
  const needsBatch = !layer.needsNoBatch && !side?.orOfBatch;
  if (needsBatch && isOfWholeBatch(ctx, value, given, layer.name, side?.name ?? 'x')) return null;
  return { tensor: value, given };
}
