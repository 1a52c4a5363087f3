import { type GraphOp, kernelsOf } from '../3-check/model.ts';
import { asMatrix } from '../constraints/power-iteration.ts';
import { intervalOf } from '../regularizers/every.ts';
import * as t from '../tensor/index.ts';
import { type Flow, lowerNode } from './graph.ts';
import type { Scope } from './scope.ts';

type OnCritic = Extract<GraphOp, { kind: 'penalty' }>;
type OnWeights = Extract<GraphOp, { kind: 'weight_penalty' }>;

/** Gives what lies under a path its next value. */
type Keep = (path: string, value: t.Value) => void;

const NONE: ReadonlySet<string> = new Set();

/**
 * Writes a penalty where it is due; it counts for the steps at which it is not. What it keeps between steps moves where a
 * loss of the program rests on it.
 */
export function lowerPenalty(
  flow: Flow,
  node: number,
  op: OnCritic | OnWeights,
  inputs: readonly t.Value[],
): t.Value {
  const { scope } = flow;
  const every = intervalOf(op.args);
  if (every > 1 && !scope.due.has(every)) return t.constant(scope.builder, 0);
  const keep: Keep = (path, value) => {
    if (flow.moves(node).size > 0) scope.write(path, value, { role: 'statistic' });
  };
  const value = op.kind === 'penalty' ? onCritic(flow, op, inputs, keep) : onWeights(scope, op, keep);
  return every > 1 ? t.mul(value, every) : value;
}

/** Moving statistics stay as they are in the passes that it makes. */
function onCritic(
  flow: Flow,
  { penalty, args, critic, path }: OnCritic,
  inputs: readonly t.Value[],
  keep: Keep,
): t.Value {
  const { scope, passes } = flow;
  const count = penalty.tensors.length;
  const captured = critic.captures.map((name, index) => [name, inputs[count + index]!] as const);
  const hole = critic.graph.find(({ op }) => op.kind === 'port' && !critic.captures.includes(op.port))!;
  const holeName = hole.op.kind === 'port' ? hole.op.port : '';
  return penalty.lower({
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
    assign: (name, value) => keep(`${path}/${name}`, value),
  });
}

function onWeights(scope: Scope, { penalty, args, network, path }: OnWeights, keep: Keep): t.Value {
  const kernels = kernelsOf(scope.model.networks.find(({ name }) => name === network)!);
  return t.addAll(
    kernels.map((kernel) => {
      const pathOf = (name: string) => `${path}/${kernel.path}/${name}`;
      return penalty.lower({
        matrix: asMatrix(scope.trained(network, kernel), kernel.outputAxis ?? kernel.shape.length - 1),
        args,
        state: (name, shape) => scope.read(pathOf(name), shape, { role: 'statistic' }),
        assign: (name, value) => keep(pathOf(name), value),
      });
    }),
  );
}
