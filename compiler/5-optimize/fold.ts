import { constant } from '../tensor/primitives/constant.ts';
import type { Program } from '../tensor/program.ts';
import { rewrite } from './rewrite.ts';

/** What a primitive does to single numbers. Results are rounded to the kind of the node afterwards. */
const onNumbers: Readonly<Record<string, (...inputs: number[]) => number>> = {
  neg: (x) => -x!,
  abs: (x) => Math.abs(x!),
  sign: (x) => Math.sign(x!),
  exp: (x) => Math.exp(x!),
  log: (x) => Math.log(x!),
  sqrt: (x) => Math.sqrt(x!),
  rsqrt: (x) => 1 / Math.sqrt(x!),
  tanh: (x) => Math.tanh(x!),
  sin: (x) => Math.sin(x!),
  cos: (x) => Math.cos(x!),
  floor: (x) => Math.floor(x!),
  relu: (x) => Math.max(x!, 0),
  add: (x, y) => x! + y!,
  sub: (x, y) => x! - y!,
  mul: (x, y) => x! * y!,
  div: (x, y) => x! / y!,
  pow: (x, y) => x! ** y!,
  maximum: (x, y) => Math.max(x!, y!),
  minimum: (x, y) => Math.min(x!, y!),
  greater: (x, y) => Number(x! > y!),
  less: (x, y) => Number(x! < y!),
  equal: (x, y) => Number(x === y),
  select: (condition, x, y) => (condition ? x! : y!),
  reshape: (x) => x!,
  transpose: (x) => x!,
  broadcast: (x) => x!,
  slice: (x) => x!,
  reverse: (x) => x!,
  stop_gradient: (x) => x!,
};

/**
 * Computes at once what depends only on constants whose elements are all alike. A result that is not finite is
 * left for the run, where it will be noticed and traced to its layer.
 */
export function fold(program: Program): Program {
  return rewrite(program, (node, inputs, builder) => {
    const compute = onNumbers[node.op];
    if (!compute || inputs.length === 0) return null;
    const numbers: number[] = [];
    for (const input of inputs) {
      const number = builder.constantOf(input);
      if (number === null) return null;
      numbers.push(number);
    }
    const result = compute(...numbers);
    const rounded = node.dtype === 'f32' ? Math.fround(result) : result;
    if (!Number.isFinite(rounded)) return null;
    return constant(builder, rounded, node.shape, node.dtype);
  });
}
