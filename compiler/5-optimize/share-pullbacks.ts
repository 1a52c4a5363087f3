import * as t from '../tensor/index.ts';
import type { ConvInputGradAttributes } from '../tensor/primitives/conv-input-grad.ts';
import { rewrite } from './rewrite.ts';

/** A tensor as another, its base, times one number for every sample. */
interface Scaled {
  /** Equal for equal bases. */
  readonly base: number;
  /** The node with the numbers. */
  readonly factor: number;
}

type Scales = readonly (Scaled | null)[];

/**
 * Two losses of the same scores go back through the same network: the discriminator's and the generator's, where one
 * draw serves both. All of a pullback is linear. So where a network ends in one number a sample, the gradient of a loss in any layer
 * before is that of the score, times the loss's own gradient at that sample's score. The gradient of the score is computed once, and
 * multiplied by either loss's numbers only where something needs the product: the filter gradients, the images.
 */
export function sharePullbacks(program: t.Program): t.Program {
  const scales = scalesOf(program);
  const factors = new Map<number, Set<number>>();
  for (const scale of scales) {
    if (scale) factors.set(scale.base, (factors.get(scale.base) ?? new Set()).add(scale.factor));
  }
  const isShared = scales.map((scale) => scale !== null && factors.get(scale.base)!.size > 1);
  // What begins a pullback is one row and costs nothing; only a second layer is worth the products.
  const pays = ({ op, inputs }: t.Node, id: number) =>
    isShared[id]! && (op.startsWith('conv') || op === 'matmul') && inputs.some((input) => scales[input]);
  if (!program.nodes.some(pays)) return program;

  const bases = new Map<number, t.Value>();
  const numbers = new Map<number, t.Value>();
  let next = 0;
  return rewrite(program, (node, inputs, builder) => {
    const id = next++;
    if (!isShared[id]) return null;
    const { factor } = scales[id]!;
    const isFirst = !node.inputs.some((input) => scales[input]);
    if (isFirst) numbers.set(factor, inputs[0]!);
    const base = isFirst
      ? ofOnes(node, inputs[1]!)
      : builder.append({
          ...node,
          inputs: node.inputs.map((input, i) => (bases.get(input) ?? inputs[i]!).id),
        });
    bases.set(id, base);
    return t.mul(base, t.reshape(numbers.get(factor)!, onePerSample(node)));
  });
}

function onePerSample({ shape }: t.Node): readonly number[] {
  return shape.map((size, axis) => (axis === 0 ? size : 1));
}

/** What stands at the beginning of a pullback, for a score whose gradient is 1. */
function ofOnes(node: t.Node, weights: t.Value): t.Value {
  const row = [1, ...node.shape.slice(1)];
  if (node.op === 'matmul') return t.broadcastTo(t.reshape(weights, row), node.shape);
  const { builder } = weights;
  const { inputShape: _, ...attributes } = node.attributes as unknown as ConvInputGradAttributes;
  const ones = t.constant(
    builder,
    1,
    row.map(() => 1),
  );
  return t.broadcastTo(t.convInputGrad(ones, weights, { ...attributes, inputShape: row }), node.shape);
}

/** Which nodes are something times one number a sample, and which of them are the same but for the numbers. */
function scalesOf({ nodes }: t.Program): Scales {
  const scales: (Scaled | null)[] = [];
  const bases = new Map<string, number>();
  for (const node of nodes) {
    const factor = factorOf(node, nodes, scales);
    if (factor === null) {
      scales.push(null);
      continue;
    }
    const isFirst = !node.inputs.some((input) => scales[input]);
    const from = node.inputs.map((input) => (scales[input] ? `base ${scales[input].base}` : input));
    const key = JSON.stringify([node.op, node.attributes, isFirst ? from.slice(1) : from]);
    const base = bases.get(key) ?? bases.size;
    bases.set(key, base);
    scales.push({ base, factor });
  }
  return scales;
}

/** The node with the numbers that a node is multiplied by, sample by sample; null where it is not. */
function factorOf(node: t.Node, nodes: readonly t.Node[], scales: Scales): number | null {
  const [first] = node.inputs;
  const { shape } = node;
  if (first === undefined || shape.length < 2 || shape[0]! < 2) return null;
  const scaled = node.inputs.flatMap((input) => scales[input] ?? []);
  if (scaled.length === 0) {
    const isOnePerSample = nodes[first]!.shape.every((size, axis) => size === (axis === 0 ? shape[0] : 1));
    return isOnePerSample && begins[node.op]?.(node) ? first : null;
  }
  const { factor } = scaled[0]!;
  const inputs = node.inputs.map((input) => nodes[input]!);
  const keepsSamples = node.inputs.every((input, i) => !scales[input] || inputs[i]!.shape[0] === shape[0]);
  const passesOn = linear[node.op]?.(node, {
    inputs,
    scaled: node.inputs.map((input) => scales[input] ?? null),
  });
  return keepsSamples && passesOn && scaled.every((one) => one.factor === factor) ? factor : null;
}

/** What pulls one number a sample back: over the last dense layer, or over a last convolution without padding. */
const begins: Readonly<Record<string, (node: t.Node) => boolean>> = {
  matmul: ({ shape, attributes }) => shape.length === 2 && attributes.transposeA !== true,
  conv_input_grad: () => true,
};

interface From {
  readonly inputs: readonly t.Node[];
  readonly scaled: readonly (Scaled | null)[];
}

/** Whether a primitive, linear in what is scaled, treats every sample by itself. */
type Linear = (node: t.Node, from: From) => boolean;

const always: Linear = () => true;
const onlyFirst: Linear = (_node, { scaled: [first, ...others] }) =>
  Boolean(first) && others.every((one) => one === null);
const all: Linear = (_node, { scaled }) => scaled.every((one) => one !== null);
/** Elementwise, with the samples along the first axis of every operand that has them. */
const aligned =
  (rule: Linear): Linear =>
  (node, from) =>
    rule(node, from) &&
    from.inputs.every(({ shape }, i) => !from.scaled[i] || shape.length === node.shape.length);
const isZero = ({ op, attributes }: t.Node) => op === 'constant' && attributes.value === 0;
const withoutAxis =
  (name: string): Linear =>
  ({ attributes }) =>
    !(attributes[name] as readonly number[]).includes(0);

const linear: Readonly<Record<string, Linear>> = {
  neg: always,
  reshape: always,
  add: aligned(all),
  sub: aligned(all),
  mul: aligned((_node, { scaled }) => scaled.filter((one) => one !== null).length === 1),
  div: aligned(onlyFirst),
  select: aligned(
    (_node, { inputs, scaled: [condition, ...sides] }) =>
      condition === null && sides.every((side, i) => side !== null || isZero(inputs[i + 1]!)),
  ),
  conv: onlyFirst,
  conv_input_grad: onlyFirst,
  matmul: (node, from) => onlyFirst(node, from) && node.attributes.transposeA !== true,
  broadcast: (node, { inputs: [x] }) => x!.shape.length === node.shape.length,
  transpose: ({ attributes }) => (attributes.perm as readonly number[])[0] === 0,
  sum: withoutAxis('axes'),
  reverse: withoutAxis('axes'),
  // That the first axis is as long as before is known: no sample is cut off or put in.
  slice: always,
  pad: ({ attributes }) => attributes.value === 0,
};
