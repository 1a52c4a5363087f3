import { describe, expect, test } from 'vitest';
import { check } from '../../compiler/compile.ts';
import { readAt } from '../../compiler/layers/parts/bilinear.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import * as t from '../../compiler/tensor/index.ts';
import { openEngine } from '../../runtime/engines/index.ts';
import { describeOn } from '../engines/on-each-engine.ts';
import { expectClose } from '../reference/close.ts';
import { draw } from '../reference/draw.ts';
import { deviation } from '../reference/finite-differences.ts';
import { counting, image, run } from './run.ts';

const [H, W, C] = [5, 4, 2];
const x = image(H, W, C);
const shape = [1, H, W, 2];
/** As far as three pixels away, which is beyond every border. */
const flow = { shape, data: [...draw({ shape, range: [-3, 3] }, 8).data] };

/** How much a pixel counts for a place along an axis: the tent of the paper on spatial transformers. */
const tent = (place: number, pixel: number) => Math.max(0, 1 - Math.abs(place - pixel));

const within: Readonly<Record<string, (place: number, length: number) => number>> = {
  zeros: (place) => place,
  border: (place, length) => Math.min(Math.max(place, 0), length - 1),
  reflect(place, length) {
    if (place < 0) return this.reflect!(-place, length);
    return place > length - 1 ? this.reflect!(2 * (length - 1) - place, length) : place;
  },
};

/** Σ over all pixels, each as far as it counts: what the paper writes, where the layer reads four. */
function asWritten(outside: string, { data: from }: { data: ArrayLike<number> }): number[] {
  return counting(H * W * C).map((number) => {
    const [channel, pixel] = [(number - 1) % C, Math.floor((number - 1) / C)];
    const row = within[outside]!(Math.floor(pixel / W) + from[2 * pixel]!, H);
    const column = within[outside]!((pixel % W) + from[2 * pixel + 1]!, W);
    let sum = 0;
    for (let i = 0; i < H; i++)
      for (let j = 0; j < W; j++) sum += x.data[(i * W + j) * C + channel]! * tent(row, i) * tent(column, j);
    return sum;
  });
}

describe.each(['zeros', 'border', 'reflect'])('warp, outside: "%s"', (outside) => {
  const call = `warp(outside: "${outside}")`;

  test('is the sum that its paper writes', () => {
    expectClose(run(call, [x, flow]).y, asWritten(outside, flow));
  });

  test('changes nothing where the flow is zero, to the bit', () => {
    expect(run(call, [x, { shape, data: flow.data.map(() => 0) }]).y).toEqual([...x.data]);
  });

  test('has the right gradients far beyond the border, too', () => {
    const inputs = [{ shape: [2, 3, 4, 1] }, { shape: [2, 3, 4], range: [-4, 6] as const }];
    const found = deviation(([x, places]) => readAt(x!, places!, t.mul(places!, 0.7), outside), inputs);
    expect(found.first).toBeLessThan(1e-6);
    expect(found.second).toBeLessThan(1e-5);
  });
});

test('a flow of whole numbers takes the pixel so many rows down and columns to the right', () => {
  const ones = { shape: [1, 3, 3, 2], data: counting(9).flatMap(() => [1, -1]) };
  const numbers = image(3, 3, 1, counting(9));
  expect(run('warp', [numbers, ones]).y).toEqual([4, 4, 5, 7, 7, 8, 7, 7, 8]);
  expect(run('warp(outside: "zeros")', [numbers, ones]).y).toEqual([0, 4, 5, 0, 7, 8, 0, 0, 0]);
  expect(run('warp(outside: "reflect")', [numbers, ones]).y).toEqual([5, 4, 5, 8, 7, 8, 5, 4, 5]);
});

describe('affine_warp', () => {
  const six = [0.3, -0.4, 0.15, 0.25, -0.2, -0.35];
  const theta = { shape: [1, 6], data: six };

  test('is a warp by the flow that its page writes', () => {
    const written = counting(H * W).flatMap((number) => {
      const [row, column] = [Math.floor((number - 1) / W), (number - 1) % W];
      const [u, v] = [(2 * row + 1) / H - 1, (2 * column + 1) / W - 1];
      const down = (1 + six[0]!) * u + six[1]! * v + six[2]!;
      const right = six[3]! * u + (1 + six[4]!) * v + six[5]!;
      return [((down + 1) * H - 1) / 2 - row, ((right + 1) * W - 1) / 2 - column];
    });
    expectClose(run('affine_warp', [x, theta]).y, asWritten('border', { data: written }));
  });

  test('changes nothing by six zeros, and every frame of a clip alike', () => {
    expect(run('affine_warp', [x, { shape: theta.shape, data: six.map(() => 0) }]).y).toEqual([...x.data]);
    const clip = { shape: [1, 2, H, W, C], data: [...x.data, ...x.data] };
    const one = run('affine_warp', [x, theta]).y;
    expectClose(run('affine_warp', [clip, theta]).y, [...one, ...one]);
  });
});

test('every frame of a clip has a flow of its own', () => {
  const clip = { shape: [1, 2, H, W, C], data: [...x.data, ...x.data] };
  const other = flow.data.map((value) => value / 2 - 0.3);
  const { y } = run('warp', [clip, { shape: [1, 2, H, W, 2], data: [...flow.data, ...other] }]);
  expectClose(y, [...asWritten('border', flow), ...asWritten('border', { data: other })]);
});

describe('a flow that does not fit is told what to be', () => {
  test.each([
    [
      '[8, 8, 3]',
      '`flow` of warp takes [8, 8, 2], down and right for every pixel of [8, 8, 3], but is given [8, 8, 3]',
      'end it in conv2d(2, kernel: 3)',
    ],
    [
      '[4, 4, 2]',
      '`flow` of warp takes [8, 8, 2], down and right for every pixel of [8, 8, 3], but is given [4, 4, 2]',
      'bring it to 8 × 8 first, with upsample or a stride',
    ],
    [
      '[3, 8, 8, 2]',
      '`flow` of warp takes [8, 8, 2], down and right for every pixel of [8, 8, 3], but is given [3, 8, 8, 2]',
      'give an image a flow of its own, and a clip one for every frame',
    ],
  ])('%s', (given, message, help) => {
    const text = `gan 1\n\nnetwork N(x: [8, 8, 3], f: ${given}) -> [8, 8, 3] {\n  x -> warp(f)\n}\n`;
    const errors = check(new SourceFile('warp.gan', text)).diagnostics.filter((d) => d.severity === 'error');
    expect(errors).toMatchObject([{ code: 'argument-value', message, help }]);
  });
});

describeOn(['wasm', 'tensorflow'], 'places that are hard for an engine', (engine) => {
  async function read(pictures: readonly number[], numbers: Float32Array, places: readonly number[]) {
    const builder = new t.Builder('read');
    const at = [pictures[0]!, places.length / pictures[0]!, 1];
    const value = (name: string, shape: readonly number[]) =>
      t.input(builder, { name, shape, dtype: 'f32', from: { kind: 'count' } });
    builder.output('y', readAt(value('x', pictures), value('p', at), value('p', at), 'border'));
    const set = { version: 1, state: [], programs: { read: builder.finish() } };
    const session = await openEngine(engine).open(set, { threads: 1 });
    const { y } = await session.run('read', { x: numbers, p: Float32Array.from(places) });
    await session.close();
    return [...y!];
  }

  test('what is not a number spoils its own pixel alone', async () => {
    const y = await read([1, 2, 2, 1], Float32Array.of(1, 2, 3, 4), [0, Number.NaN, 0.5, Infinity]);
    expect(y).toEqual([1, Number.NaN, 2.5, 4]);
  });

  test('pixels are told apart beyond the whole numbers that f32 has', async () => {
    const side = 2900;
    const numbers = Float32Array.from({ length: 2 * side * side }, (_, at) => at % 7);
    const last = [side - 4, side - 3, side - 2, side - 1];
    const y = await read([2, side, side, 1], numbers, [...last, ...last]);
    expect(y).toEqual([0, 1].flatMap((picture) => last.map((at) => ((picture * side + at) * side + at) % 7)));
  });
});
