import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { inputShapeMismatch } from '../diagnostics/codes/input-shape-mismatch.ts';
import { pretrainedInputRange } from '../diagnostics/codes/pretrained-input-range.ts';
import { INPUT, layOut } from '../pretrained/lay-out.ts';
import { Misfit } from '../pretrained/model-error.ts';
import type { Span } from '../source/span.ts';
import { callNetwork } from './apply-network.ts';
import { assign } from './assign.ts';
import { type Context, mistake } from './context.ts';
import { covers, isBounded } from './interval.ts';
import { countLayer, countWeights } from './limits.ts';
import type { Network } from './model.ts';
import { type Pretrained, reportModel } from './pretrained.ts';
import { shortTextOf } from './source-text.ts';
import { type Given, inWords, type TensorValue, UNKNOWN, type Value } from './values.ts';

/** A use of a pretrained model: it is laid out once for every shape that it is given, its weights being the same. */
export function applyPretrained(
  pretrained: Pretrained,
  given: readonly Given[],
  span: Span,
  ctx: Context,
): Value {
  const { name } = pretrained;
  const one = assign(ctx, { name, noun: 'argument', span }, [{ name: INPUT }], given)?.get(INPUT)?.[0];
  const x = one && picture(name, one, ctx);
  // Inside a module that is checked for all sizes nothing can be laid out; its uses are.
  if (!x || x.shape.some((size) => size.value === null) || !rangeFits(pretrained, x, one, ctx))
    return UNKNOWN;
  const network = networkFor(pretrained, x, one, ctx);
  return network ? callNetwork(network, [x], span, ctx) : UNKNOWN;
}

function picture(name: string, given: Given, ctx: Context): TensorValue | null {
  const { value } = given;
  if (value.kind === 'tensor' && !value.label) return value;
  if (value.kind !== 'unknown') {
    mistake(ctx, argumentValue, {
      at: given.span,
      facts: { call: name, name: INPUT, wanted: 'a tensor', given: inWords(value) },
    });
  }
  return null;
}

/** Whether the values that arrive are those that it is declared for, as far as they are known. */
function rangeFits({ name, plan, span }: Pretrained, x: TensorValue, given: Given, ctx: Context): boolean {
  if (!isBounded(x.range) || covers(plan.range, x.range)) return true;
  if (isReported(`${name} in [${x.range.low}, ${x.range.high}]`, ctx)) return false;
  mistake(ctx, pretrainedInputRange, {
    at: given.span,
    facts: { network: name, wanted: plan.range, value: shortTextOf(ctx.world, given), given: x.range },
    also: { declared: span },
  });
  return false;
}

/** The model laid out for the shape of a tensor; null after saying which layer of it does not fit. */
function networkFor(pretrained: Pretrained, x: TensorValue, given: Given, ctx: Context): Network | null {
  const { name, networks, plan, fields, span } = pretrained;
  const shape = x.shape.map((size) => size.value!);
  const known = networks.get(shape.join());
  if (known) return known;
  try {
    const { graph, weights, results } = layOut(plan, shape);
    countLayer(ctx, given.span, graph.length);
    const count = weights.reduce((sum, weight) => sum + weight.shape.reduce((a, b) => a * b, 1), 0);
    if (networks.size === 0) countWeights(ctx, given.span, name, count);
    const network: Network = {
      name: networks.size === 0 ? name : `${name} [${shape.join(', ')}]`,
      role: 'pretrained',
      ports: [{ name: INPUT, type: graph[0]!.type }],
      outputs: results.map((node, index) => ({
        name: fields?.[index] ?? null,
        node,
        type: graph[node]!.type,
      })),
      graph,
      weights,
      span,
    };
    networks.set(shape.join(), network);
    return network;
  } catch (error) {
    if (error instanceof Misfit) reportMisfit(pretrained, error, x, given, ctx);
    else reportModel(error, pretrained.from, given.span, ctx);
    return null;
  }
}

function reportMisfit(
  { name, plan, span }: Pretrained,
  { message }: Misfit,
  x: TensorValue,
  given: Given,
  ctx: Context,
): void {
  if (isReported(`${name} [${x.shape.join()}]`, ctx)) return;
  const open = ['H', 'W', 'C'];
  const wanted = plan.topology.inputShape ?? [null, null, null];
  mistake(ctx, inputShapeMismatch, {
    at: given.span,
    facts: {
      network: name,
      port: INPUT,
      wanted: wanted.map((size, axis) => size ?? open[axis] ?? '…'),
      value: shortTextOf(ctx.world, given),
      given: x.shape,
      layer: message,
    },
    also: { port: span },
  });
}

/** The same shape or range for the same network is one mistake, whatever tensors have it. */
function isReported(what: string, { world, place }: Context): boolean {
  if (place !== 'train') return false;
  if (world.mismatches.has(what)) return true;
  world.mismatches.add(what);
  return false;
}
