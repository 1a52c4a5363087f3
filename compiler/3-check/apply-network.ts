import type * as ast from '../1-parse/ast.ts';
import type { Span } from '../source/span.ts';
import type { Context } from './context.ts';
import { Dim } from './dim.ts';
import type { Network, TensorType } from './model.ts';
import { matchPorts } from './ports.ts';
import { signatureOf } from './signature.ts';
import { addNode, knownShape } from './tensors.ts';
import { type Given, type TensorValue, UNKNOWN, type Value } from './values.ts';

/** A use of a network: one set of weights, however often it is called. */
export function applyNetwork(
  network: Network,
  graph: ast.Graph,
  given: readonly Given[],
  span: Span,
  ctx: Context,
): Value {
  const signature = signatureOf(ctx.world, graph);
  const match = matchPorts(signature, given, span, ctx, () => UNKNOWN);
  if (!match) return UNKNOWN;
  const inputs = signature.ports.flatMap((port) => {
    const value = match.values.get(port.name);
    return value?.kind === 'tensor' ? [value] : [];
  });
  return callNetwork(network, inputs, span, ctx);
}

/** What a network makes of its inputs, which fit it: a tensor, or a record of its outputs. */
export function callNetwork(
  network: Network,
  inputs: readonly TensorValue[],
  span: Span,
  ctx: Context,
): Value {
  const [only] = network.outputs;
  if (network.outputs.length === 1 && only!.name === null) {
    return call(network, null, only!.type, inputs, span, ctx);
  }
  const fields = network.outputs.map(({ name, type }): [string, Value] => [
    name!,
    call(network, name, type, inputs, span, ctx),
  ]);
  return { kind: 'record', fields: new Map(fields), owner: network.name };
}

function call(
  network: Network,
  output: string | null,
  type: TensorType,
  inputs: readonly TensorValue[],
  span: Span,
  ctx: Context,
): TensorValue {
  const parts = {
    shape: knownShape(type.shape),
    range: type.range,
    label: type.label === null ? null : { classes: Dim.of(type.label), declared: null },
    batched: true,
  };
  return addNode(ctx, { kind: 'call', network: network.name, output }, inputs, parts, span);
}
