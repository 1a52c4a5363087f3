import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changingState } from '../../compiler/tensor/program.ts';
import { sampledVariables } from '../../runtime/share/weights.ts';
import { typed } from '../engines/compare.ts';
import { draw } from '../reference/draw.ts';
import { interpret } from '../reference/interpreter.ts';
import { compileIn } from './frozen.ts';
import { fill, keras, save } from './keras.ts';

const spec = (loss: string) => `gan 1
data photos from paired("a", "b") {
  small: [4, 4, 3] in [-1, 1]
  photo: [4, 4, 3] in [-1, 1]
}
pretrained vgg from "model.json" { preprocess: torch  layers: ["first", "pool"] }
generator G(small: photos.small) -> photos.photo { small -> conv2d(3, kernel: 3) -> tanh }
train on photos {
  batch: 2
  steps: 10
  real = photos.photo
  fake = G(photos.small)
  update G { loss: ${loss}  optimizer: sgd(lr: 1) }
}
`;

/** Smooth, so that finite differences mean something, and with all that a frozen network may be tempted to move. */
function features(): keras.LayersModel {
  const { layers } = keras;
  return keras.sequential({
    layers: [
      layers.conv2d({
        name: 'first',
        filters: 4,
        kernelSize: 3,
        padding: 'same',
        activation: 'tanh',
        inputShape: [4, 4, 3],
      }),
      layers.batchNormalization({ name: 'norm' }),
      layers.dropout({ rate: 0.5 }),
      layers.depthwiseConv2d({ name: 'depthwise', kernelSize: 2, padding: 'same', activation: 'elu' }),
      layers.averagePooling2d({ name: 'pool', poolSize: 2 }),
      layers.flatten(),
      layers.dense({ name: 'unused', units: 1000 }),
    ],
  });
}

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'ganc-perceptual-'));
  await save(fill(features()), folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function update(loss: string) {
  const { compiled, frozen } = await compileIn(folder, spec(loss));
  const program = compiled.set.programs['update.G']!;
  const inputs = Object.fromEntries(
    program.inputs.map(({ name, shape, dtype }, index) => [
      name,
      typed(draw({ shape, dtype }, index + 1).data, dtype),
    ]),
  );
  const state: Record<string, Float64Array> = {};
  for (const [index, { path: at, shape, role }] of compiled.set.state.entries()) {
    const values = frozen.values.get(at);
    state[at] = role === 'frozen' ? Float64Array.from(values!) : draw({ shape }, 50 + index).data;
  }
  return {
    program,
    inputs,
    state,
    compiled,
    lossAt: (at: typeof state) => interpret(program, inputs, at).outputs['loss G']![0]!,
  };
}

describe.each([
  'perceptual(vgg(fake), vgg(real))',
  'perceptual(vgg(fake), vgg(real), weight: [0.25, 2])',
  'total(mean(square(vgg(fake) - vgg(real))) * [1, 3]) + l2(vgg(fake).pool, vgg(real).pool)',
])('%s', (loss) => {
  test('its gradient is that of finite differences', async () => {
    const { program, inputs, state, lossAt } = await update(loss);
    const moved = interpret(program, inputs, state).state;
    // A learning rate of 1: the step is the gradient.
    let worst = 0;
    for (const at of ['G/conv2d/kernel', 'G/conv2d/bias']) {
      for (const [index, value] of state[at]!.entries()) {
        // Every sixth is enough to see all taps and channels.
        if (index % 6 > 0 && at.endsWith('kernel')) continue;
        const slope = value - moved[at]![index]!;
        const shifted = (by: number) => lossAt({ ...state, [at]: state[at]!.with(index, value + by) });
        const difference = (shifted(1e-5) - shifted(-1e-5)) / 2e-5;
        worst = Math.max(worst, Math.abs(difference - slope) / Math.max(1, Math.abs(slope)));
      }
    }
    expect(worst).toBeLessThan(1e-7);
  });
});

test('the weights of layers', async () => {
  const one = async (weights: string) => {
    const { lossAt, state } = await update(`perceptual(vgg(fake), vgg(real)${weights})`);
    return lossAt(state);
  };
  const [both, first, second] = [await one(''), await one(', weight: [1, 0]'), await one(', weight: [0, 1]')];
  expect(first + second).toBeCloseTo(both, 10);
  expect(await one(', weight: 3')).toBeCloseTo(3 * both, 8);
});

test('nothing of a frozen network moves, is kept by an optimizer or goes into a checkpoint', async () => {
  const { program, compiled } = await update('perceptual.l1(vgg(fake), vgg(real))');
  expect(program.updates.map(({ path: at }) => at)).toEqual(['G/conv2d/kernel', 'G/conv2d/bias']);
  const frozen = compiled.set.state.filter(({ path: at }) => at.startsWith('vgg/'));
  expect(frozen.map(({ path: at }) => at).sort()).toEqual([
    'vgg/depthwise/bias',
    'vgg/depthwise/depthwise_kernel',
    'vgg/first/bias',
    'vgg/first/kernel',
    'vgg/norm/beta',
    'vgg/norm/gamma',
    'vgg/norm/moving_mean',
    'vgg/norm/moving_variance',
    'vgg/preprocess/bias',
    'vgg/preprocess/kernel',
  ]);
  expect(new Set(frozen.map(({ role }) => role))).toEqual(new Set(['frozen']));
  for (const kept of [changingState(compiled.set.state), sampledVariables(compiled.set.state)]) {
    expect(kept.filter(({ path: at }) => at.includes('vgg'))).toEqual([]);
  }
});

test('a layer that was asked for and that no loss looks at', async () => {
  const { compiled, frozen } = await compileIn(folder, spec('l2(vgg(fake).first, vgg(real).first)'));
  const paths = compiled.set.state.filter(({ role }) => role === 'frozen').map(({ path: at }) => at);
  expect([...frozen.values.keys()].sort()).toEqual(paths.sort());
  expect(paths.some((at) => at.includes('depthwise'))).toBe(false);
  const whole = await compileIn(folder, spec('perceptual(vgg(fake), vgg(real))'));
  expect(whole.frozen.hashes).toEqual(frozen.hashes);
});
