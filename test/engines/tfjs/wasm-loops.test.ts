import { describe, expect, test } from 'vitest';
import { optimizeProgram } from '../../../compiler/5-optimize/optimize.ts';
import { fused } from '../../../compiler/5-optimize/tfjs/fused.ts';
import { tfjsTarget } from '../../../compiler/5-optimize/tfjs/legalize.ts';
import * as t from '../../../compiler/tensor/index.ts';
import { fillUniform } from '../../../compiler/tensor/random.ts';
import { draw } from '../../reference/draw.ts';
import { interpret } from '../../reference/interpreter.ts';
import { difference, keepStarted, withSession } from '../compare.ts';

keepStarted('wasm');

const input = (builder: t.Builder, name: string, shape: readonly number[]) =>
  t.input(builder, { name, shape, dtype: 'f32', from: { kind: 'count' } });

function drawn(program: t.Program): Record<string, Float64Array> {
  return Object.fromEntries(
    program.inputs.map(({ name, shape }, at) => [name, draw({ shape }, at + 1).data]),
  );
}

describe('generated loops', () => {
  // Sizes around the four numbers of a vector, broadcast along every axis, summed along every axis.
  const shapes = [[1], [3], [4], [5], [2, 3], [3, 4], [2, 9], [3, 1, 8], [2, 3, 4, 5]];
  const cases = shapes.flatMap((shape) => [
    { shape, small: shape.map(() => 1) },
    ...shape.map((_, axis) => ({ shape, small: shape.map((size, other) => (other === axis ? size : 1)) })),
    ...shape.map((_, axis) => ({ shape, small: shape.with(axis, 1) })),
  ]);

  test.each(cases)('broadcast $small over $shape, and sum back', async ({ shape, small }) => {
    const builder = new t.Builder('loops');
    const [x, y] = [input(builder, 'x', shape), input(builder, 'y', small)];
    const z = t.add(t.mul(x, y), t.select(t.greater(x, y), t.leakyRelu(x), t.abs(t.sub(y, 0.25))));
    builder.output('z', z);
    builder.output('sum', t.sum(t.mul(z, 1.5)));
    shape.forEach((_, axis) => {
      builder.output(`sum ${axis}`, t.sum(t.sub(t.mul(x, x), y), axis));
      builder.output(`rows ${axis}`, t.sum(x, axis, true));
    });
    const program = builder.finish();
    expect(optimizeProgram(program, tfjsTarget('wasm')).nodes.some(({ op }) => op === 'fused')).toBe(true);
    expect(await difference('wasm', program, drawn(program))).toBeLessThan(1e-5);
  });

  test.each(fused.examples.map((example, number) => ({ number, example })))(
    'example $number of fused is what it is made of',
    ({ example }) => {
      const run = (build: (values: t.Value[]) => t.Value) => {
        const builder = new t.Builder('example');
        builder.output('y', build(example.inputs.map((shape, at) => input(builder, `x${at}`, shape))));
        const program = builder.finish();
        return interpret(program, drawn(program), {}, [fused as never]).outputs.y;
      };
      const applied = run((values) => values[0]!.builder.apply(fused, values, example.attributes));
      expect(applied).toEqual(run((values) => fused.decompose!(values, example.attributes)));
    },
  );

  test('move what lies in memory: slices, padding between, reversal, concatenation, for i32 and bool too', async () => {
    const builder = new t.Builder('moves');
    const x = input(builder, 'x', [4, 6, 5]);
    const whole = t.cast(t.mul(x, 100), 'i32');
    const holds = t.greater(x, 0);
    for (const [name, value] of Object.entries({ f32: x, i32: whole, bool: holds })) {
      const moved = {
        slice: t.slice(value, [1, 0, 1], [2, 3, 4], [1, 2, 1]),
        reverse: t.reverse(value, [0, 2]),
        concat: t.concat([value, t.slice(value, [0, 2, 0], [4, 1, 5])], 1),
        transpose: t.transpose(value, [2, 0, 1]),
        broadcast: t.broadcast(t.slice(value, [0, 0, 0], [1, 6, 1]), [3, 6, 2]),
      };
      for (const [move, result] of Object.entries(moved))
        builder.output(`${name} ${move}`, t.cast(result, 'f32'));
    }
    builder.output('pad', t.pad(x, { before: [0, 1, 2], after: [1, 0, 0], interior: [0, 2, 1], value: 3 }));
    builder.output('pad i32', t.cast(t.pad(whole, { before: [1, 0, 0] }), 'f32'));
    const program = builder.finish();
    expect(await difference('wasm', program, drawn(program))).toBeLessThan(1e-6);
  });

  // Rows around the four numbers of a vector, and single numbers.
  test.each([[], [1], [3], [4], [7], [2, 6]])(
    'rows of %j are taken out of a table and added to it by their index',
    async (...row: number[]) => {
      const builder = new t.Builder('rows');
      const [table, places] = [input(builder, 'table', [5, ...row]), input(builder, 'places', [3, 4])];
      // Twice the same row, among others.
      const indices = t.cast(t.floor(t.mul(t.add(places, 1), 2.5)), 'i32');
      const taken = t.gather(table, indices);
      builder.output('taken', taken);
      builder.output('whole', t.cast(t.gather(t.cast(t.mul(table, 100), 'i32'), indices), 'f32'));
      builder.output('holds', t.cast(t.gather(t.greater(table, 0), indices), 'f32'));
      builder.output('added', t.scatterAdd(indices, t.mul(taken, 0.5), 5));
      const program = builder.finish();
      expect(await difference('wasm', program, drawn(program))).toBeLessThan(1e-6);
    },
  );

  test.each([-1, 5, 2 ** 30])(
    'no memory beyond a table of 5 rows is touched by the index %i',
    async (index) => {
      const builder = new t.Builder('beyond');
      const indices = t.input(builder, { name: 'i', shape: [1], dtype: 'i32', from: { kind: 'count' } });
      builder.output('taken', t.gather(input(builder, 'table', [5, 3]), indices));
      const other = new t.Builder('added');
      const places = t.input(other, { name: 'i', shape: [1], dtype: 'i32', from: { kind: 'count' } });
      other.output('table', t.scatterAdd(places, input(other, 'list', [1, 3]), 5));
      await withSession('wasm', [builder.finish(), other.finish()], [], async (session) => {
        const i = Int32Array.of(index);
        await expect(session.run('beyond', { table: new Float32Array(15), i })).rejects.toThrow();
        await expect(session.run('added', { list: new Float32Array(3), i })).rejects.toThrow();
      });
    },
  );

  test('casts cut off toward zero', async () => {
    const builder = new t.Builder('casts');
    builder.output('y', t.cast(t.cast(t.mul(input(builder, 'x', [19]), 10), 'i32'), 'f32'));
    const program = builder.finish();
    expect(await difference('wasm', program, drawn(program))).toBe(0);
  });
});

test.each([1, 3, 4, 7, 1000])(
  '%i uniform numbers on wasm are those of the compiler, bit for bit',
  async (size) => {
    const builder = new t.Builder('random');
    const key = t.input(builder, { name: 'key', shape: [4], dtype: 'i32', from: { kind: 'key' } });
    builder.output('u', t.uniform(key, [size], 0xfedcba98));
    const words = Int32Array.of(-5, 77, 123456, 2);
    const expected = new Float32Array(size);
    fillUniform(expected, words, 0xfedcba98);
    await withSession('wasm', [builder.finish()], [], async (session) => {
      expect((await session.run('random', { key: words })).u).toEqual(expected);
    });
  },
);
