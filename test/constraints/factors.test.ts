import { describe, expect, test } from 'vitest';
import { constraints } from '../../compiler/constraints/index.ts';
import { weightNorm } from '../../compiler/constraints/weight-norm.ts';
import * as t from '../../compiler/tensor/index.ts';
import { readCall } from '../layers/written-call.ts';
import { expectClose } from '../reference/close.ts';
import { draw } from '../reference/draw.ts';
import { deviation } from '../reference/finite-differences.ts';
import { interpret } from '../reference/interpreter.ts';

/** A kernel as a constraint without a state of its own holds it; `trained` is what it trains beside it. */
function held(
  call: string,
  weight: t.Value,
  outputAxis: number,
  trained: (name: string) => t.Value = none,
): t.Value {
  const { definition, args } = readCall(call, constraints);
  return definition.apply({ weight, outputAxis, args, state: none, trained, assign: none });
}

function none(): never {
  throw new Error('it keeps nothing');
}

function valuesOf(call: string, shape: readonly number[], outputAxis: number) {
  const builder = new t.Builder('held');
  const w = t.input(builder, { name: 'w', shape, dtype: 'f32', from: { kind: 'count' } });
  builder.output('held', held(call, w, outputAxis));
  const { data } = draw({ shape }, 4);
  return { data: [...data], found: [...interpret(builder.finish(), { w: data }).outputs.held!] };
}

describe('equalized', () => {
  test.each<[call: string, shape: number[], outputAxis: number, factor: number]>([
    ['equalized', [8, 3], 1, Math.sqrt(2 / 8)],
    ['equalized(gain: 1)', [3, 3, 2, 5], 3, Math.sqrt(1 / 18)],
    // Transposed: 5 outputs before the 2 inputs.
    ['equalized(gain: 1)', [3, 3, 5, 2], 2, Math.sqrt(1 / 18)],
  ])('%s multiplies a kernel of %j by gain / √(fan in)', (call, shape, outputAxis, factor) => {
    const { data, found } = valuesOf(call, shape, outputAxis);
    expectClose(
      found,
      data.map((value) => value * factor),
    );
  });
});

describe('standardized', () => {
  test.each<[shape: number[], outputAxis: number]>([
    [[3, 2, 2, 4], 3],
    [[2, 2, 4, 3], 2],
  ])('every output of a kernel of %j has weights of mean 0 and variance 1', (shape, outputAxis) => {
    const { found } = valuesOf('standardized(epsilon: 0)', shape, outputAxis);
    const inner = shape.slice(outputAxis + 1).reduce((a, b) => a * b, 1);
    for (let output = 0; output < 4; output++) {
      const own = found.filter((_, at) => Math.floor(at / inner) % 4 === output);
      const mean = own.reduce((a, b) => a + b, 0) / own.length;
      expectClose([mean, own.reduce((sum, value) => sum + value ** 2, 0) / own.length], [0, 1]);
    }
  });
});

describe('weight_norm', () => {
  test.each<[shape: number[], outputAxis: number]>([
    [[3, 2, 2, 4], 3],
    [[2, 2, 4, 3], 2],
  ])('every output of a kernel of %j has weights of the length that is trained', (shape, outputAxis) => {
    const builder = new t.Builder('held');
    const w = t.input(builder, { name: 'w', shape, dtype: 'f32', from: { kind: 'count' } });
    const lengths = [0.5, 2, -1, 0];
    builder.output(
      'held',
      held('weight_norm', w, outputAxis, () => t.constant(builder, lengths, [4])),
    );
    const { data } = draw({ shape }, 4);
    const found = interpret(builder.finish(), { w: data }).outputs.held!;
    const inner = shape.slice(outputAxis + 1).reduce((a, b) => a * b, 1);
    const ofOutput = (values: ArrayLike<number>, output: number) =>
      Array.from(values).filter((_, at) => Math.floor(at / inner) % 4 === output);
    for (const [output, length] of lengths.entries()) {
      const own = ofOutput(data, output);
      const was = Math.sqrt(own.reduce((sum, value) => sum + value ** 2, 0));
      expectClose(
        ofOutput(found, output),
        own.map((value) => (value * length) / was),
      );
    }
  });

  test('trains one length per output, which begins as that of the weights that are drawn', () => {
    const builder = new t.Builder('init');
    const { data } = draw({ shape: [5, 3] }, 7);
    const [beside] = weightNorm.trained!([5, 3]);
    expect(beside).toMatchObject({ name: 'length', shape: [3] });
    const w = t.constant(builder, [...data], [5, 3]);
    const initial = beside!.initial(w, 1);
    builder.output('initial', initial);
    builder.output(
      'held',
      held('weight_norm', w, 1, () => initial),
    );
    const { outputs } = interpret(builder.finish(), {});
    const squares = [0, 1, 2].map((column) =>
      [0, 1, 2, 3, 4].reduce((sum, row) => sum + data[3 * row + column]! ** 2, 0),
    );
    expectClose(outputs.initial!, squares.map(Math.sqrt));
    expectClose(outputs.held!, [...data]);
  });

  test('has the right gradients', () => {
    const apply = ([w, length]: readonly t.Value[]) => held('weight_norm', w!, 2, () => length!);
    const found = deviation(apply, [{ shape: [2, 2, 3, 2] }, { shape: [3] }]);
    expect(found.first).toBeLessThan(1e-6);
    expect(found.second).toBeLessThan(1e-5);
  });
});

test.each(['equalized', 'standardized'])('%s has the right gradients', (call) => {
  const found = deviation(([w]) => held(call, w!, 3), [{ shape: [2, 2, 2, 3] }]);
  expect(found.first).toBeLessThan(1e-6);
  expect(found.second).toBeLessThan(1e-5);
});
