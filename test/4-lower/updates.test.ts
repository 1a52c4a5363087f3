import { describe, expect, test } from 'vitest';
import type { Compiled } from '../../compiler/4-lower/compiled.ts';
import { expectClose } from '../reference/close.ts';
import { draw } from '../reference/draw.ts';
import { interpret, type Numbers } from '../reference/interpreter.ts';
import { compiled, initialState } from './compiled-text.ts';

describe('clipping', () => {
  const spec = (options: string) => `
gan 1
data points from gaussians.ring() { at: [2] }
network N(x: [2]) -> [1] { x -> dense(1) }
train on points {
  batch: 3
  steps: 5
  update N { loss: 4 * l2(N(points.at), 1)  optimizer: sgd(lr: 1) ${options} }
}`;
  const inputs = { 'points.at': draw({ shape: [3, 2] }, 3).data, count: [1], key: [0, 0, 0, 0] };
  const paths = ['N/dense/kernel', 'N/dense/bias'];
  const all = compiled(spec(''));
  const start = initialState(all);
  /** How every weight moves, all in one list. */
  const moves = (options: string, schedule: Numbers = {}) => {
    const program = compiled(spec(options)).set.programs['update.N']!;
    const { state } = interpret(program, { ...inputs, ...schedule }, start);
    return paths.flatMap((path) => Array.from(state[path]!, (value, at) => value - start[path]![at]!));
  };
  const free = moves('');
  const length = Math.hypot(...free);

  test('clip_norm shortens all gradients together, and none that are short enough', () => {
    expect(length).toBeGreaterThan(1);
    const shortened = moves(' clip_norm: 0.5');
    expectClose(
      shortened,
      free.map((value) => (value * 0.5) / length),
      1e-5,
    );
    expectClose(moves(` clip_norm: ${length + 1}`), free);
  });

  test('clip_gradients cuts off each number', () => {
    const bound = Math.abs(free[1]!) * 0.999;
    const expected = free.map((value) => Math.min(Math.max(value, -bound), bound));
    expect(expected.some((value, at) => value !== free[at])).toBe(true);
    expectClose(moves(` clip_gradients: ${bound}`), expected);
  });

  test('clip_weights cuts off the weights after the step', () => {
    const { state } = interpret(
      compiled(spec(' clip_weights: 0.01')).set.programs['update.N']!,
      inputs,
      start,
    );
    const weights = paths.flatMap((path) => Array.from(state[path]!));
    const expected = free.map((value, at) => {
      const before = paths.flatMap((path) => Array.from(start[path]!))[at]!;
      return Math.min(Math.max(before + value, -0.01), 0.01);
    });
    expectClose(weights, expected);
  });

  test('a bound may be a schedule', () => {
    const given = 'linear(from: 2, to: 0.25, over: 10)';
    const written = 'linear(from: 2, to: 0.25, over: 10)';
    const { inputs: wanted } = compiled(spec(` clip_norm: ${given}`)).set.programs['update.N']!;
    expect(wanted.map(({ name }) => name)).toContain(written);
    expectClose(moves(` clip_norm: ${given}`, { [written]: [0.5] }), moves(' clip_norm: 0.5'));
  });
});

test('the decay of an average may be a schedule', () => {
  const { set } = compiled(`
gan 1
data points from gaussians.ring() { at: [2] }
network N(x: [2]) -> [1] { x -> dense(1, bias: false) }
train on points {
  batch: 3
  steps: 5
  update N { loss: l2(N(points.at), 1)  optimizer: sgd(lr: 1)  ema: half_life(100, batch: 3, ramp: 0.05) }
}`);
  const program = set.programs['update.N']!;
  const schedule = program.inputs.find(({ from }) => from.kind === 'schedule')!.name;
  const state = initialState({ set } as Compiled);
  const inputs = { 'points.at': draw({ shape: [3, 2] }, 3).data, count: [1], key: [0, 0, 0, 0] };
  const after = interpret(program, { ...inputs, [schedule]: [0.75] }, state).state;
  const [w, before, average] = [
    after['N/dense/kernel']!,
    state['ema/N/dense/kernel']!,
    after['ema/N/dense/kernel']!,
  ];
  expectClose(
    average,
    Array.from(before, (value, at) => 0.75 * value + 0.25 * w[at]!),
  );
});
