import type { Program } from '../../compiler/tensor/program.ts';
import type { NonFinite } from './engine.ts';
import { guardedOutputs } from './requests.ts';

/**
 * Where a number that is not finite began: goes from a guarded output that is not finite back through inputs
 * that are not, to the first node whose own inputs are all finite. A value that is infinite on its way but
 * masked out later is thus never blamed. `finiteAt` tells it of a node; few of them are asked about.
 */
export function findNonFinite(program: Program, finiteAt: (id: number) => boolean): NonFinite | null {
  const results = [...guardedOutputs(program), ...program.outputs, ...program.updates];
  const result = results.find(({ value }) => !finiteAt(value));
  if (!result) return null;
  let id = result.value;
  for (;;) {
    const cause = program.nodes[id]!.inputs.find((input) => !finiteAt(input));
    if (cause === undefined) break;
    id = cause;
  }
  const { op, origin, attributes } = program.nodes[id]!;
  return {
    program: program.name,
    op,
    origin: op === 'input' ? `input ${attributes.name}` : origin,
    state: op === 'state' ? (attributes.path as string) : null,
  };
}
