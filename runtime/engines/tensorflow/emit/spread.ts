import { type DType, sizeOf } from '../../../../compiler/tensor/program.ts';
import type { Shape } from '../../../../compiler/tensor/shapes.ts';
import { type Tensor, type } from '../graph-writer.ts';
import type { Application } from './emission.ts';

/**
 * Neighbouring axes that are stretched alike count as one for a kernel that broadcasts, and it knows no more than so many:
 * a clip that is enlarged along three axes at once has seven.
 */
const MOST_RUNS = 5;

/** A run of axes, from `begin` up to `end`, along which the same shapes are stretched. */
interface Run {
  readonly stretched: readonly boolean[];
  readonly begin: number;
  readonly end: number;
}

function runsOf(shapes: readonly Shape[], to: Shape): Run[] {
  const runs: Run[] = [];
  to.forEach((size, axis) => {
    if (size === 1) return;
    const stretched = shapes.map((shape) => (shape.at(axis - to.length) ?? 1) === 1);
    const before = runs.at(-1);
    const isSame = before?.stretched.every((one, index) => one === stretched[index]);
    if (isSame) runs[runs.length - 1] = { ...before!, end: axis + 1 };
    else runs.push({ stretched, begin: axis, end: axis + 1 });
  });
  return runs;
}

/** A tensor repeated to a shape: in one step, or in several that a kernel knows, the smallest first. */
export function spread(
  { graph }: Pick<Application, 'graph'>,
  x: Tensor,
  { shape, dtype }: { readonly shape: Shape; readonly dtype: DType },
  to: Shape,
): Tensor {
  const stretch = (from: Tensor, next: Shape) =>
    graph.node('BroadcastTo', [from, graph.list(next)], { T: type(dtype), Tidx: type('i32') });
  const runs = runsOf([shape], to);
  if (runs.length <= MOST_RUNS) return stretch(x, to);
  const { begin, end } = runs.findLast(({ stretched: [is] }) => is)!;
  const next = to.map((size, axis) =>
    begin <= axis && axis < end ? size : (shape.at(axis - to.length) ?? 1),
  );
  return spread({ graph }, stretch(x, next), { shape: next, dtype }, to);
}

/** The inputs of an elementwise primitive, stretched beforehand where its kernel would not know how. */
export function operands({ graph, node, from, inputs }: Application): readonly Tensor[] {
  if (
    runsOf(
      from.map(({ shape }) => shape),
      node.shape,
    ).length <= MOST_RUNS
  )
    return inputs;
  return inputs.map((input, index) => {
    const { shape } = from[index]!;
    const isWhole = sizeOf(shape) === sizeOf(node.shape);
    return isWhole ? input : spread({ graph }, input, from[index]!, node.shape);
  });
}
