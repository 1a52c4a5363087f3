import { describe, expect, test } from 'vitest';
import type { Compiled } from '../../compiler/4-lower/compiled.ts';
import { expectClose } from '../reference/close.ts';
import { draw } from '../reference/draw.ts';
import { interpret, type Numbers } from '../reference/interpreter.ts';
import { compiled, initialState } from './compiled-text.ts';

describe('options of a layer', () => {
  const spec = (layers: string, options = '') => `
gan 1
data points from gaussians.ring() { at: [2] }
discriminator D(x: [2]) -> [1] { ${layers} }
train on points {
  batch: 2
  steps: 100
  ${options}
  update D {
    loss: mean(D(points.at))
    optimizer: sgd(lr: 0.1)
  }
}`;
  const x = draw({ shape: [2, 2] }, 4).data;
  const inputs = { 'points.at': x, count: [1], key: [1, 0, 0, 0] };
  const moved = (compiled: Compiled, more: Numbers = {}) => {
    const before = initialState(compiled);
    const after = interpret(compiled.set.programs['update.D']!, { ...inputs, ...more }, before).state;
    return { before, after };
  };
  const stepOf = ({ before, after }: ReturnType<typeof moved>, path: string) =>
    Array.from(after[path] ?? before[path]!).map((value, at) => value - before[path]![at]!);

  test('lr multiplies how far the weights of a layer move, and those of no other', () => {
    const steps = ['', ', lr: 0.25', ', lr: 0'].map((lr) => {
      const run = moved(compiled(spec(`x -> dense(2${lr}) -> tanh -> dense(1)`)));
      return { inner: stepOf(run, 'D/dense/kernel'), outer: stepOf(run, 'D/dense.2/kernel') };
    });
    expect(Math.max(...steps[0]!.inner.map(Math.abs))).toBeGreaterThan(1e-3);
    expectClose(
      steps[1]!.inner,
      steps[0]!.inner.map((step) => 0.25 * step),
    );
    expect(new Set(steps[2]!.inner.map(Math.abs))).toEqual(new Set([0]));
    expectClose(steps[2]!.outer, steps[0]!.outer);
  });

  test('an equalized kernel is drawn from the standard normal distribution, whatever train says', () => {
    const kernel = (weights: string) =>
      initialState(compiled(spec(`x -> dense(2000${weights}) -> dense(1)`, 'init: normal(std: 0.02)')))[
        'D/dense/kernel'
      ]!;
    const std = (values: ArrayLike<number>) =>
      Math.sqrt(Array.from(values).reduce((sum, value) => sum + value ** 2, 0) / values.length);
    expect(Math.abs(std(kernel(', weights: equalized')) - 1)).toBeLessThan(0.05);
    expect(Math.abs(std(kernel(', weights: equalized, init: normal(std: 3)')) - 3)).toBeLessThan(0.15);
    expect(Math.abs(std(kernel('')) - 0.02)).toBeLessThan(0.001);
  });

  test('weight_norm begins as no constraint, and moves length and direction apart', () => {
    const layers = (weights: string) => `x -> dense(3${weights}) -> tanh -> dense(1)`;
    const [free, held] = ['', ', weights: weight_norm'].map((weights) =>
      moved(compiled(spec(layers(weights)))),
    );
    const kernel = held!.before['D/dense/kernel']!;
    expectClose(Array.from(kernel), Array.from(free!.before['D/dense/kernel']!));
    const length = (column: number) => Math.hypot(kernel[column]!, kernel[3 + column]!);
    expectClose(Array.from(held!.before['D/dense/kernel/weight_norm/length']!), [0, 1, 2].map(length));
    expect(Math.max(...stepOf(held!, 'D/dense/kernel/weight_norm/length').map(Math.abs))).toBeGreaterThan(
      1e-3,
    );
    // What is left of the kernel's own step is at right angles to it.
    const turn = stepOf(held!, 'D/dense/kernel');
    for (const column of [0, 1, 2]) {
      const along = kernel[column]! * turn[column]! + kernel[3 + column]! * turn[3 + column]!;
      expect(Math.abs(along)).toBeLessThan(1e-9);
    }
    expectClose(stepOf(held!, 'D/dense.2/kernel'), stepOf(free!, 'D/dense.2/kernel'));
  });

  test('blend goes along with its schedule, and keeps the last value for sampling', () => {
    const blending = compiled(
      spec('x -> blend(x -> relu, amount: linear(from: 0, to: 1, over: 100)) -> dense(1)'),
    );
    const program = blending.set.programs['update.D']!;
    const schedule = program.inputs.find(({ from }) => from.kind === 'schedule')!;
    const { after } = moved(blending, { [schedule.name]: [0.25] });
    expect(Array.from(after['D/blend/amount']!)).toEqual([0.25]);
  });
});

describe('virtual_batch_norm', () => {
  const text = `
gan 1
latent z: normal(2)
data points from gaussians.ring() { at: [2] }
generator G(z) -> [2] { z -> dense(4) -> virtual_batch_norm -> tanh -> dense(2) -> virtual_batch_norm }
train on points {
  batch: 2
  steps: 100
  update G {
    loss: mean((G(z) - points.at) * (G(z) - points.at))
    optimizer: sgd(lr: 0.1)
  }
}`;
  const virtual = compiled(text);
  const step = (state: Numbers, at: number) => {
    const inputs = { 'points.at': draw({ shape: [2, 2] }, 4).data, count: [at], key: [1, 0, at, 0] };
    return { ...state, ...interpret(virtual.set.programs['update.G']!, inputs, state).state };
  };

  test('keeps the first batch that its network is trained on', () => {
    const states = [initialState(virtual)];
    for (const at of [1, 2, 3]) states.push(step(states.at(-1)!, at));
    const kept = states.map((state) => Array.from(state['G/reference/z']!));
    expect(new Set(kept[0])).toEqual(new Set([0]));
    expect(kept[1]!.every((value) => value !== 0)).toBe(true);
    expect(kept[2]).toEqual(kept[1]);
    expect(kept[3]).toEqual(kept[1]);
    expect(Array.from(states[3]!['G/dense/kernel']!)).not.toEqual(Array.from(states[1]!['G/dense/kernel']!));
  });

  test('keeps packs where its network judges packs, as many as there are in a batch', () => {
    const packed = compiled(`
gan 1
latent z: normal(2)
data points from gaussians.ring() { at: [2] }
generator G(z) -> [2] { z -> dense(2) }
discriminator D(x: [6]) -> [1] { x -> dense(4) -> virtual_batch_norm -> tanh -> dense(1) }
train on points {
  batch: 6
  steps: 100
  fake = G(z)
  update D {
    loss: mean(D(pack(fake, 3))) - mean(D(pack(points.at, 3))) + r1(D, pack(points.at, 3))
    optimizer: sgd(lr: 0.1)
  }
  update G { loss: -mean(D(pack(fake, 3)))  optimizer: sgd(lr: 0.1) }
}`);
    const kept = (state: Numbers) => [
      Array.from(state['D/reference/x']!),
      Array.from(state['D/reference/is_kept']!),
    ];
    const before = initialState(packed);
    expect(kept(before)).toEqual([Array.from({ length: 2 * 6 }, () => 0), [0]]);
    const inputs = { 'points.at': draw({ shape: [6, 2] }, 4).data, count: [1], key: [1, 0, 0, 0] };
    const run = (program: string, state: Numbers) => ({
      ...state,
      ...interpret(packed.set.programs[program]!, inputs, state).state,
    });
    const after = run('update.D', before);
    const [first, isKept] = kept(after);
    expect(isKept).toEqual([1]);
    expect(new Set(first).size).toBe(12);
    // The judge learns from it, and G learns through it.
    const later = run('update.D', run('update.G', after));
    expect(kept(later)).toEqual(kept(after));
    expect(Array.from(later['G/dense/kernel']!)).not.toEqual(Array.from(after['G/dense/kernel']!));
  });

  test('makes every example without regard to the others, also when sampling', () => {
    const state = step(initialState(virtual), 1);
    const program = virtual.set.programs['sample.G']!;
    const count = program.inputs.find(({ name }) => name === 'z')!.shape[0]!;
    const made = (seed: number) => {
      const z = Float64Array.from(draw({ shape: [count, 2] }, seed).data);
      z.set([0.3, -0.7]);
      return Array.from(interpret(program, { z, key: [1, 0, 0, 0] }, state).outputs.G!);
    };
    const [a, b] = [made(1), made(2)];
    expectClose(a.slice(0, 2), b.slice(0, 2));
    expect(a.slice(2)).not.toEqual(b.slice(2));
  });
});
