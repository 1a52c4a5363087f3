import { describe, expect, test } from 'vitest';
import { penalties } from '../../compiler/regularizers/index.ts';
import * as t from '../../compiler/tensor/index.ts';
import { findings, lossOfD } from '../3-check/findings.ts';
import { compiled, initialState } from '../4-lower/compiled-text.ts';
import { readCall } from '../layers/written-call.ts';
import { draw } from '../reference/draw.ts';
import { deviation } from '../reference/finite-differences.ts';
import { interpret } from '../reference/interpreter.ts';
import { largestSingularValue, matrixOf } from '../reference/matrix.ts';

const onWeights = penalties.filter((penalty) => penalty.looksAt === 'weights');

function penaltyOf(call: string, matrix: t.Value): t.Value {
  const { definition, args } = readCall(call, onWeights);
  const { builder } = matrix;
  const value = definition.lower({
    matrix,
    args,
    state: (path, shape) => t.state(builder, { path, shape, dtype: 'f32', role: 'statistic' }),
    assign: (path, next) => builder.assign(path, next),
  });
  expect(value.shape).toEqual([]);
  return value;
}

// What the papers write, in loops over rows and columns.

const squares = (w: number[][]) => w.flat().reduce((sum, x) => sum + x * x, 0);
const products = (w: number[][]) =>
  w[0]!.map((_, i) => w[0]!.map((_, j) => w.reduce((sum, row) => sum + row[i]! * row[j]!, 0)));
const perpendicular = (w: number[][]) =>
  squares(products(w).map((row, i) => row.map((x, j) => (i === j ? 0 : x))));
const orthonormal = (w: number[][]) =>
  squares(products(w).map((row, i) => row.map((x, j) => (i === j ? x - 1 : x))));

describe.each([
  { call: 'weight_penalty', written: squares },
  { call: 'orthogonal_penalty', written: perpendicular },
  { call: 'orthogonal_penalty(diagonal: true)', written: orthonormal },
])('$call', ({ call, written }) => {
  test.each([
    [6, 4],
    [3, 5],
    [4, 1],
  ])('is what the paper writes for %i inputs and %i outputs, with its gradients', (rows, columns) => {
    const shape = [rows, columns];
    const { data } = draw({ shape }, 3);
    const builder = new t.Builder('penalty');
    const w = t.input(builder, { name: 'w', shape, dtype: 'f32', from: { kind: 'count' } });
    builder.output('penalty', penaltyOf(call, w));
    const { outputs } = interpret(builder.finish(), { w: data });
    expect(outputs.penalty![0]).toBeCloseTo(written(matrixOf(data, shape, 1)), 10);
    const found = deviation(([matrix]) => penaltyOf(call, matrix!), [{ shape }]);
    expect(found.first).toBeLessThan(1e-7);
    expect(found.second).toBeLessThan(1e-6);
  });
});

describe('spectral_penalty', () => {
  const shape = [6, 4];
  const w = draw({ shape }, 4).data;
  const builder = new t.Builder('penalty');
  const matrix = t.input(builder, { name: 'w', shape, dtype: 'f32', from: { kind: 'count' } });
  const value = penaltyOf('spectral_penalty', matrix);
  builder.output('penalty', value);
  builder.output('gradient', t.gradients(value, [matrix])[0]!);
  const program = builder.finish();
  const stepAt = (steps: number) => {
    let state: Readonly<Record<string, ArrayLike<number>>> = { u: new Float64Array(4) };
    for (let step = 1; step < steps; step++) state = interpret(program, { w }, state).state;
    return interpret(program, { w }, state).outputs;
  };
  const wanted = (data: Float64Array) => largestSingularValue(matrixOf(data, shape, 1)) ** 2;

  test('comes to the square of the largest singular value, from zeros that are kept at first', () => {
    expect(stepAt(1).penalty![0]).toBeGreaterThan(0.3 * wanted(w));
    expect(stepAt(300).penalty![0]).toBeCloseTo(wanted(w), 8);
  });

  test('has its gradient then', () => {
    stepAt(300).gradient!.forEach((slope, at) => {
      const [up, down] = [1e-5, -1e-5].map((shift) => wanted(w.with(at, w[at]! + shift)));
      expect(slope).toBeCloseTo((up! - down!) / 2e-5, 6);
    });
  });
});

const spec = (penalty: string) => `
gan 1
latent z: normal(3)
data digits from idx("images", "labels") { image: [4, 4, 1] in [0, 1]  class: label(5) }
generator G(z, y: digits.class) -> digits.image {
  concat(z, y -> embed(2)) -> dense(2*2*3) -> reshape(2, 2, 3) -> batch_norm
    -> conditional_batch_norm(y) -> conv2d_transpose(2, kernel: 4, stride: 2)
    -> conv2d(1, kernel: 3, weights: spectral_norm) -> sigmoid
}
discriminator D(x: [4, 4, 1]) -> [1] { x -> flatten -> dense(1) }
train on digits {
  batch: 2
  steps: 50
  fake = G(z, digits.class)
  update D { loss: bce(D(digits.image), 1) + bce(D(fake), 0)  optimizer: sgd(lr: 1) }
  update G { loss: bce(D(fake), 1)${penalty}  optimizer: sgd(lr: 1) }
}
`;

describe('in a spec', () => {
  const INPUTS = {
    key: [3, 0, 0, 0],
    count: [1],
    'digits.image': draw({ shape: [2, 4, 4, 1] }, 5).data,
    'digits.class': [1, 3],
  };
  /** The update of G from the first state, with this in its loss. */
  const step = (penalty: string, program = 'update.G') => {
    const result = compiled(spec(penalty));
    return interpret(result.set.programs[program]!, INPUTS, initialState(result));
  };
  const before = initialState(compiled(spec('')));
  const kernels = [
    ['G/dense/kernel', [5, 12], 1],
    ['G/conv2d_transpose/kernel', [4, 4, 2, 3], 2],
    ['G/conv2d/kernel', [3, 3, 2, 1], 3],
  ] as const;

  test.each([
    { call: 'weight_penalty(G)', written: squares },
    { call: 'orthogonal_penalty(G)', written: perpendicular },
    { call: 'orthogonal_penalty(G, diagonal: true)', written: orthonormal },
  ])(
    '$call adds up all kernels, and neither biases nor tables, before they are held',
    ({ call, written }) => {
      const wanted = kernels.reduce(
        (sum, [path, shape, axis]) => sum + written(matrixOf(before[path]!, shape, axis)),
        0,
      );
      const [plain, penalised] = [step(''), step(` + ${call}`)];
      expect(penalised.outputs['loss G']![0]! - plain.outputs['loss G']![0]!).toBeCloseTo(wanted, 8);
      // Its slope is that of the sum for kernels, and none for the rest.
      const weights = Object.keys(before).filter((path) => path.startsWith('G/') && !path.endsWith('/u'));
      const moved = weights.filter((path) =>
        Array.from(plain.state[path]!).some((x, at) => Math.abs(x - penalised.state[path]![at]!) > 1e-12),
      );
      const penalisable = kernels.filter(([, shape]) => written !== perpendicular || shape.at(-1) !== 1);
      expect(moved.sort()).toEqual(penalisable.map(([path]) => path).sort());
      const [path, shape, axis] = kernels[1];
      const slope = plain.state[path]![7]! - penalised.state[path]![7]!;
      const [up, down] = [1e-5, -1e-5].map((shift) =>
        written(matrixOf(Array.from(before[path]!).with(7, before[path]![7]! + shift), shape, axis)),
      );
      expect(slope).toBeCloseTo((up! - down!) / 2e-5, 6);
    },
  );

  test('spectral_penalty keeps a vector for every kernel', () => {
    const { state } = step(' + spectral_penalty(G)');
    const kept = Object.keys(state).filter((path) => path.includes('spectral_penalty'));
    expect(kept).toHaveLength(kernels.length);
    for (const path of kept)
      expect(Array.from(state[path]!).reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(1, 6);
  });

  test('every: 4 counts four times as much, at every fourth step only', () => {
    const loss = (penalty: string, program?: string) => step(penalty, program).outputs['loss G']![0]!;
    const [once, twice] = [1, 2].map((factor) => ` + ${factor} * weight_penalty(G, every: 4)`);
    expect(loss(once!)).toBe(loss(''));
    const counted = loss(' + weight_penalty(G)') - loss('');
    const [one, two] = [once!, twice!].map((penalty) => loss(penalty, 'update.G every 4'));
    expect(two! - one!).toBeCloseTo(4 * counted, 6);
  });
});

describe('mistakes', () => {
  const plain = 'bce(D(real), 1) + bce(D(fake), 0)';
  test.each([
    ['orthogonal_penalty(D(real))', 'but is given a tensor'],
    ['weight_penalty(2)', 'but is given 2'],
    ['weight_penalty(relu)', 'but is given the layer relu'],
  ])('%s', (call, given) => {
    const [found, ...more] = findings(lossOfD(`${plain} + ${call}`));
    expect(found).toContain('`network` of ');
    expect(found).toContain('takes the name of a network that has kernels, such as G, ');
    expect(found).toContain(given);
    expect(more).toEqual([]);
  });

  test('a network without kernels', () => {
    const text = lossOfD(`${plain} + weight_penalty(N)`).replace(
      'train on',
      'network N(x: [2]) -> [2] { x -> prelu }\n\ntrain on',
    );
    expect(findings(text).join()).toContain('but is given N, which has none');
  });

  test('the network is missing', () => {
    expect(findings(lossOfD(`${plain} + weight_penalty()`)).join()).toContain('`network`');
  });

  test('an update that does not move it', () => {
    expect(findings(lossOfD(`${plain} + weight_penalty(G)`))).toEqual([
      'penalty-without-effect: weight_penalty(G) stands in the loss of `update D`, which does not move G',
    ]);
  });
});
