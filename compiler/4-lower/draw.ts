import { Arguments, type CallValue } from '../arguments/arguments.ts';
import type { DrawQuery } from '../distributions/distribution.ts';
import { distributions } from '../distributions/index.ts';
import * as t from '../tensor/index.ts';
import type { Scope } from './scope.ts';

/** Draws a tensor from a distribution; `path` keeps its random numbers apart from all others. */
export function drawFrom(
  scope: Scope,
  call: CallValue,
  shape: readonly number[],
  path: string,
  kernel: Pick<DrawQuery, 'fanIn' | 'fanOut' | 'outputAxis'> = {
    fanIn: null,
    fanOut: null,
    outputAxis: null,
  },
): t.Value {
  const distribution = distributions.find(({ name }) => name === call.name)!;
  return distribution.draw({
    shape,
    args: withDefaults(call, distribution.arguments),
    ...kernel,
    normal: (drawn) => scope.normal(drawn, path),
    uniform: (drawn) => scope.uniform(drawn, path),
    fill: (value, filled) => t.constant(scope.builder, value, filled),
  });
}

function withDefaults(
  { arguments: given }: CallValue,
  table: (typeof distributions)[number]['arguments'],
): Arguments {
  const defaults = table.flatMap(({ name, default: value }) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return new Arguments(new Map([...defaults, ...given.entries()]));
}

/** Kernels are drawn from it where neither the layer nor `train` says otherwise. */
export const DEFAULT_INITIALISER: CallValue = { name: 'glorot_uniform', arguments: new Arguments(new Map()) };
