import { Builder } from '../../compiler/tensor/builder.ts';
import type { Primitive } from '../../compiler/tensor/primitive.ts';
import { input } from '../../compiler/tensor/primitives/input.ts';
import type { Node, Program } from '../../compiler/tensor/program.ts';
import { primitivesByName } from '../../compiler/tensor/registry.ts';
import { evaluators } from './primitives.ts';
import { count, type Tensor, tensor } from './tensor.ts';

/** Numbers by name, as an engine takes and gives them; any array will do. */
export type Numbers = Readonly<Record<string, ArrayLike<number>>>;

export interface Interpretation {
  readonly outputs: Readonly<Record<string, Float64Array>>;
  /** The whole state after the run: what was handed over, with the program's updates. */
  readonly state: Readonly<Record<string, ArrayLike<number>>>;
}

/**
 * Runs a program in float64, node by node, in the plainest way: the oracle for engines, passes and gradients.
 * `extra` are composites that only one engine knows; they are run by their decomposition.
 */
export function interpret(
  program: Program,
  inputs: Numbers = {},
  state: Numbers = {},
  extra: readonly Primitive[] = [],
): Interpretation {
  const values = valuesOf(program, inputs, state, extra);
  return {
    outputs: Object.fromEntries(program.outputs.map(({ name, value }) => [name, values[value]!.data])),
    state: {
      ...state,
      ...Object.fromEntries(program.updates.map(({ path, value }) => [path, values[value]!.data])),
    },
  };
}

/** The tensor of every node. */
export function valuesOf(
  program: Program,
  inputs: Numbers,
  state: Numbers,
  extra: readonly Primitive[] = [],
): readonly Tensor[] {
  const values: Tensor[] = [];
  for (const node of program.nodes) {
    const operands = node.inputs.map((input) => values[input]!);
    values.push(evaluate(program, node, operands, inputs, state, extra));
  }
  return values;
}

function evaluate(
  program: Program,
  node: Node,
  operands: readonly Tensor[],
  inputs: Numbers,
  state: Numbers,
  extra: readonly Primitive[],
): Tensor {
  const { op, shape, attributes } = node;
  if (op === 'input') return given(node, `input ${attributes.name}`, inputs[attributes.name as string]);
  if (op === 'state') return given(node, `state ${attributes.path}`, state[attributes.path as string]);
  if (op === 'constant') {
    const data = attributes.data as readonly number[] | undefined;
    return tensor(shape, data ?? new Float64Array(count(shape)).fill(attributes.value as number));
  }
  const evaluator = evaluators[op];
  if (evaluator) return evaluator(operands, shape, attributes as never);
  return decomposed(program, node, operands, extra);
}

function given({ shape }: Node, what: string, numbers: ArrayLike<number> | undefined): Tensor {
  if (!numbers) throw new RangeError(`${what} was not handed over`);
  if (numbers.length !== count(shape)) {
    throw new RangeError(`${what} has ${numbers.length} numbers and wants ${count(shape)}`);
  }
  return tensor(shape, numbers);
}

/** Runs a composite by what it says it is made of. */
function decomposed(
  program: Program,
  node: Node,
  operands: readonly Tensor[],
  extra: readonly Primitive[],
): Tensor {
  const primitive = extra.find(({ name }) => name === node.op) ?? primitivesByName().get(node.op);
  if (!primitive?.decompose) throw new RangeError(`the reference does not know ${node.op}`);
  const builder = new Builder(node.op);
  const values = node.inputs.map((id, index) => {
    const { shape, dtype } = program.nodes[id]!;
    return input(builder, { name: `${index}`, shape, dtype, from: { kind: 'count' } });
  });
  builder.output('result', primitive.decompose(values, node.attributes));
  const inputs = Object.fromEntries(operands.map(({ data }, index) => [`${index}`, data]));
  const { outputs } = interpret(builder.finish(), inputs, {}, extra);
  return tensor(node.shape, outputs.result!);
}
