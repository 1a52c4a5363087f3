import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as t from '../../compiler/tensor/index.ts';
import { primitivesByName } from '../../compiler/tensor/registry.ts';
import { verify } from '../../compiler/tensor/verify.ts';
import { draw } from '../reference/draw.ts';
import { interpret } from '../reference/interpreter.ts';
import { primitiveExamples } from './examples.ts';

const folder = new URL('../../compiler/tensor/primitives/', import.meta.url);

test('every file of primitives/ holds the primitive of its name, and every primitive has a file', () => {
  const files = readdirSync(folder).filter((file) => file !== 'index.ts');
  const names = files.map((file) => file.replace('.ts', '').replaceAll('-', '_'));
  expect([...primitivesByName().keys()].sort()).toEqual(names.sort());
});

test('every primitive has a summary and, unless it is a boundary, an example', () => {
  for (const { name, summary, examples, family } of primitivesByName().values()) {
    expect(summary.length, name).toBeGreaterThan(0);
    if (family !== 'boundary') expect(examples.length, name).toBeGreaterThan(0);
    expect(family === 'composite', name).toBe(primitivesByName().get(name)!.decompose !== undefined);
  }
});

describe('every example', () => {
  test.each(primitiveExamples)('$title', ({ primitive, example, inputs }) => {
    const builder = new t.Builder('example');
    const values = inputs.map(({ shape, dtype = 'f32' }, index) =>
      t.input(builder, { name: `${index}`, shape, dtype, from: { kind: 'count' } }),
    );
    const output = builder.apply(primitive, values, example.attributes);
    builder.output('result', output);
    if (primitive.decompose) builder.output('decomposed', primitive.decompose(values, example.attributes));
    verify(builder.finish());
    const flops = primitive.flops(values, output, example.attributes);
    expect(Number.isInteger(flops) && flops >= 0).toBe(true);

    const data = Object.fromEntries(inputs.map((input, index) => [`${index}`, draw(input, index + 1).data]));
    const { result, decomposed } = interpret(builder.finish(), data).outputs;
    expect(result!.length).toBe(t.sizeOf(output.shape));
    expect(result!.every(Number.isFinite)).toBe(true);
    if (decomposed) {
      const errors = result!.map((number, at) => Math.abs(number - decomposed[at]!));
      expect(Math.max(...errors)).toBeLessThan(1e-12);
    }
  });
});

describe('inputs that do not fit are refused, with their shapes', () => {
  const builder = new t.Builder('test');
  const x = (...shape: number[]) => t.constant(builder, 1, shape);
  const index = (...shape: number[]) => t.constant(builder, 0, shape, 'i32');
  const cases: readonly (readonly [() => t.Value, string])[] = [
    [() => t.add(x(2, 3), x(2)), 'add cannot broadcast [2, 3] and [2]'],
    [() => t.add(x(2), index(2)), 'add mixes f32 and i32'],
    [() => t.tanh(index(2)), 'tanh takes no i32'],
    [() => t.add(1, 2), 'plain numbers'],
    [() => t.select(x(2), 1, 2), 'select takes a bool, not f32'],
    [() => t.sum(x(2, 3), 2), 'sum has no axis 2 in a tensor of 2 axes'],
    [() => t.argmax(x(2), 1), 'argmax has no axis 1'],
    [() => t.reshape(x(2, 3), [4]), 'reshape of [2, 3] (6 numbers) to [4] (4)'],
    [() => t.transpose(x(2, 3), [0, 0]), 'transpose of [2, 3] by [0, 0]'],
    [() => t.broadcast(x(2, 3), [2, 4]), '[2, 3] and [2, 4]'],
    [() => t.broadcast(x(2, 3), [3]), 'broadcast of [2, 3] to [3]'],
    [() => t.slice(x(4), [2], [3]), 'slice of [4] from [2], [3] elements'],
    [() => t.pad(x(3), { before: [3], mode: 'reflect' }), 'pad (reflect) of [3]'],
    [() => t.pad(x(3), { before: [-1] }), 'pad (constant) of [3] by [-1] before'],
    [() => t.concat([x(2, 3), x(2, 4)], 0), 'concat along axis 0 of f32 [2, 3], f32 [2, 4]'],
    [() => t.concat([], 0), 'concat of nothing'],
    [() => t.gather(x(3), x(2)), 'gather from [3] by f32 [2]'],
    [() => t.scatterAdd(index(2), x(3), 4), 'scatter_add of [3] by i32 [2]'],
    [() => t.matmul(x(2, 3), x(2, 3)), 'matmul of f32 [2, 3] and f32 [2, 3]'],
    [() => t.conv(x(1, 4, 4, 3), x(3, 3, 2, 8)), 'conv of [1, 4, 4, 3] with kernel [3, 3, 2, 8]'],
    [() => t.conv(x(1, 2, 2, 3), x(3, 3, 3, 8)), 'conv of [1, 2, 2, 3]'],
    [
      () => t.convInputGrad(x(1, 3, 1), x(2, 1, 1), { inputShape: [1, 9, 1] }),
      'gives [1, 8, 1], not [1, 3, 1]',
    ],
    [() => t.maxPool(x(1, 3, 1), { window: [4] }), 'max_pool of f32 [1, 3, 1]'],
    [() => t.normal(x(4), [2], 1), 'normal wants a key of i32 [4], not f32 [4]'],
    [() => t.normal(index(4), [2], -1), 'a place from 0 to 2 ** 32 - 1'],
    [() => t.constant(builder, [1, 2], [3]), 'constant of shape [3] was given 2 numbers'],
    [() => t.constant(builder, Number.NaN), 'finite'],
  ];
  test.each(cases.map(([make, message]) => ({ make, message })))('$message', ({ make, message }) => {
    expect(make).toThrow(t.ProgramError);
    expect(make).toThrow(message);
  });

  test('an input or a state variable that is two things', () => {
    const from = { kind: 'count' } as const;
    t.input(builder, { name: 'x', shape: [2], dtype: 'f32', from });
    expect(() => t.input(builder, { name: 'x', shape: [3], dtype: 'f32', from })).toThrow(
      'input x is f32 [2] and f32 [3] as well',
    );
    t.state(builder, { path: 'w', shape: [2], dtype: 'f32', role: 'weight' });
    expect(() => t.state(builder, { path: 'w', shape: [2], dtype: 'i32', role: 'weight' })).toThrow(
      'state w is f32 [2] and i32 [2] as well',
    );
  });
});

test('reading an input or a state variable again gives the same value', () => {
  const builder = new t.Builder('test');
  const w = { path: 'w', shape: [2], dtype: 'f32', role: 'weight' } as const;
  expect(t.state(builder, w)).toBe(t.state(builder, w));
  const z = { name: 'z', shape: [2], dtype: 'f32', from: { kind: 'count' } } as const;
  expect(t.input(builder, z)).toBe(t.input(builder, z));
  expect(builder.nodes.length).toBe(2);
  expect(builder.inputs.length).toBe(1);
});
