import type { GraphOp } from '../3-check/model.ts';
import * as t from '../tensor/index.ts';
import { type Flow, lowerNode } from './graph.ts';

const NONE: ReadonlySet<string> = new Set();

/** Writes a penalty; moving statistics stay as they are in the passes that it makes. */
export function lowerPenalty(
  flow: Flow,
  { penalty, args, critic, path }: Extract<GraphOp, { kind: 'penalty' }>,
  inputs: readonly t.Value[],
): t.Value {
  const { scope, passes } = flow;
  const every = args.int('every');
  if (every > 1 && !scope.due.has(every)) return t.constant(scope.builder, 0);
  const count = penalty.tensors.length;
  const captured = critic.captures.map((name, index) => [name, inputs[count + index]!] as const);
  const hole = critic.graph.find(({ op }) => op.kind === 'port' && !critic.captures.includes(op.port))!;
  const holeName = hole.op.kind === 'port' ? hole.op.port : '';
  const value = penalty.lower({
    builder: scope.builder,
    critic: (x) =>
      lowerNode(
        {
          scope,
          passes,
          nodes: critic.graph,
          ports: new Map([...captured, [holeName, x]]),
          values: new Map(),
          network: null,
          training: scope.training,
          moves: () => NONE,
          reference: null,
        },
        critic.result,
      ),
    tensors: inputs.slice(0, count),
    args,
    normal: (shape) => scope.normal(shape, path),
    uniform: (shape) => scope.uniform(shape, path),
    state: (name) => scope.read(`${path}/${name}`, [], { role: 'statistic' }),
    assign: (name, value) => scope.write(`${path}/${name}`, value, { role: 'statistic' }),
  });
  return every > 1 ? t.mul(value, every) : value;
}
