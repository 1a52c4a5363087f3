import { drop } from '../../compiler/5-optimize/drop.ts';
import { gradients } from '../../compiler/tensor/autodiff.ts';
import { Builder, type Value } from '../../compiler/tensor/builder.ts';
import { add } from '../../compiler/tensor/primitives/add.ts';
import { constant } from '../../compiler/tensor/primitives/constant.ts';
import { input } from '../../compiler/tensor/primitives/input.ts';
import { mul } from '../../compiler/tensor/primitives/mul.ts';
import { sum } from '../../compiler/tensor/primitives/sum.ts';
import type { Program } from '../../compiler/tensor/program.ts';
import { verify } from '../../compiler/tensor/verify.ts';
import { type Drawn, draw } from './draw.ts';
import { interpret } from './interpreter.ts';

/** Writes a function of its inputs in primitives. */
export type Written = (inputs: readonly Value[], builder: Builder) => Value;

/** The largest deviation of autodiff from central finite differences, relative to the largest slope (at least 1). */
export interface Deviation {
  readonly first: number;
  readonly second: number;
}

/**
 * Compares first and second order gradients of a function with finite differences of the reference, in float64.
 * The result is made a scalar by weighing its elements at random, and so are the gradients for the second order:
 * an error in any element shows.
 */
export function deviation(written: Written, drawn: readonly Drawn[], seed = 1): Deviation {
  const builder = new Builder('gradient check');
  const inputs = drawn.map(({ shape, dtype = 'f32' }, index) =>
    input(builder, { name: `${index}`, shape, dtype, from: { kind: 'count' } }),
  );
  const differentiable = inputs.filter((value) => value.dtype === 'f32');
  const first = weigh([written(inputs, builder)], seed + 100);
  const slopes = gradients(first, differentiable);
  const second = weigh(slopes, seed + 200);
  const curvatures = gradients(second, differentiable);
  builder.output('first', first);
  builder.output('second', second);
  differentiable.forEach((_, index) => {
    builder.output(`first ${index}`, slopes[index]!);
    builder.output(`second ${index}`, curvatures[index]!);
  });
  const program = builder.finish();
  verify(program);

  const numbers = Object.fromEntries(drawn.map((one, index) => [`${index}`, draw(one, seed + index).data]));
  const names = differentiable.map((value) => builder.inputs[inputs.indexOf(value)]!.name);
  return {
    first: deviationOf(program, numbers, names, 'first'),
    second: deviationOf(program, numbers, names, 'second'),
  };
}

/** Σ of all elements, each with a weight of its own. */
function weigh(values: readonly Value[], seed: number): Value {
  return values
    .map((value, index) => {
      const { data } = draw({ shape: value.shape }, seed + index);
      return sum(mul(value, constant(value.builder, [...data], value.shape)));
    })
    .reduce((a, b) => add(a, b));
}

function deviationOf(
  program: Program,
  numbers: Record<string, Float64Array>,
  names: readonly string[],
  order: 'first' | 'second',
): number {
  const step = 1e-5;
  const exact = interpret(program, numbers).outputs;
  // What only gradients need is not computed again for every element.
  const alone = drop({ ...program, outputs: program.outputs.filter(({ name }) => name === order) });
  let [worst, scale] = [0, 1];
  names.forEach((name, index) => {
    const slopes = exact[`${order} ${index}`]!;
    slopes.forEach((slope, element) => {
      const at = (shift: number) => {
        const moved = numbers[name]!.with(element, numbers[name]![element]! + shift);
        return interpret(alone, { ...numbers, [name]: moved }).outputs[order]![0]!;
      };
      const difference = (at(step) - at(-step)) / (2 * step);
      worst = Math.max(worst, Math.abs(difference - slope));
      // A NaN must not be lost in a maximum.
      if (Number.isNaN(difference - slope)) worst = Number.NaN;
      scale = Math.max(scale, Math.abs(slope));
    });
  });
  return worst / scale;
}
