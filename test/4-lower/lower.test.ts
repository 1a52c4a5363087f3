import { describe, expect, test } from 'vitest';
import type { Model } from '../../compiler/3-check/model.ts';
import { lower } from '../../compiler/4-lower/lower.ts';
import { placeOf } from '../../compiler/tensor/index.ts';
import { verify } from '../../compiler/tensor/verify.ts';
import { expectClose } from '../reference/close.ts';
import { draw } from '../reference/draw.ts';
import { interpret } from '../reference/interpreter.ts';
import { Graph, latent, model, network, typeOf, update } from './by-hand.ts';

const image = typeOf([8, 8, 1]);

/** A small DCGAN: transposed and strided convolutions, batch_norm in both networks. */
function smallGan(draws: 'fresh' | 'shared', ema: number | null = null): Model {
  const generator = network('G', 'generator', { z: typeOf([4]) }, (g, z) =>
    g.chain(
      z!,
      'dense(32, bias: false)',
      'reshape(4, 4, 2)',
      'batch_norm',
      'relu',
      'conv2d_transpose(1, kernel: 4, stride: 2)',
      'tanh',
    ),
  );
  const discriminator = network('D', 'discriminator', { x: image }, (g, x) =>
    g.chain(x!, 'conv2d(3, kernel: 4, stride: 2)', 'batch_norm', 'leaky_relu(0.2)', 'flatten', 'dense(1)'),
  );
  const train = new Graph('train');
  const real = train.add({ kind: 'data', dataset: 'data', field: 'image' }, [], image);
  const z = train.add({ kind: 'latent', latent: 'z' }, [], typeOf([4]));
  const fake = train.add({ kind: 'call', network: 'G', output: null }, [z], image);
  const score = (x: number) => train.add({ kind: 'call', network: 'D', output: null }, [x], typeOf([1]));
  const [scoreOfReal, scoreOfFake] = [score(real), score(fake)];
  const bce = (of: number, target: number) =>
    train.layer(
      'mean',
      train.binary('-', train.layer('softplus', of), train.binary('*', of, train.number(target))),
    );
  const lossOfD = train.binary('+', bce(scoreOfReal, 1), bce(scoreOfFake, 0));
  const lossOfG = bce(scoreOfFake, 1);
  return model([generator, discriminator], {
    latents: [latent('z', 'normal(4)', [4])],
    training: {
      draw: draws,
      graph: train.nodes,
      updates: [
        update('D', lossOfD, 'adam(lr: 2e-4, beta1: 0.5)'),
        update('G', lossOfG, 'adam(lr: 2e-4, beta1: 0.5)', { ema }),
      ],
    },
  });
}

const inputs = (step: number) => ({
  key: [1, 0, step, 0],
  count: [step + 1],
  'data.image': draw({ shape: [4, 8, 8, 1] }, 50 + step).data,
});

/** The state after `init`, all that it leaves out being zero. */
function initialState(compiled: ReturnType<typeof lower>): Record<string, ArrayLike<number>> {
  const zeros = compiled.set.state.map(
    ({ path, shape }) => [path, new Float64Array(shape.reduce((a, b) => a * b, 1))] as const,
  );
  return {
    ...interpret(compiled.set.programs.init!, { key: [1, 0, 0, 0] }, Object.fromEntries(zeros)).state,
  };
}

describe('the programs of a small DCGAN', () => {
  const compiled = lower(smallGan('fresh', 0.5));
  const { programs } = compiled.set;

  test('are init, one per update, one per generator and one per latent, and every one verifies', () => {
    expect(Object.keys(programs)).toEqual(['init', 'update.D', 'update.G', 'sample.G', 'latent.z']);
    for (const program of Object.values(programs)) verify(program);
    expect(compiled.step).toEqual([
      { program: 'update.D', times: 1, losses: ['loss D'], lazily: [] },
      { program: 'update.G', times: 1, losses: ['loss G'], lazily: [] },
    ]);
    expect(compiled.samples).toEqual([{ network: 'G', program: 'sample.G' }]);
  });

  test('take what they need and nothing else', () => {
    const names = (program: string) => programs[program]!.inputs.map(({ name }) => name).sort();
    expect(names('init')).toEqual(['key']);
    expect(names('update.D')).toEqual(['count', 'data.image', 'key']);
    expect(names('update.G')).toEqual(['count', 'key']);
    expect(names('sample.G')).toEqual(['z']);
    expect(names('latent.z')).toEqual(['key']);
  });

  test('write the weights, slots and statistics of the network that they train, and no other', () => {
    const written = (program: string) => programs[program]!.updates.map(({ path }) => path);
    expect(written('update.D').every((path) => /^(adam\/)?D\//.test(path))).toBe(true);
    expect(written('update.G').every((path) => /^(adam\/|ema\/)?G\//.test(path))).toBe(true);
    expect(written('update.D')).toContain('D/batch_norm/moving_mean');
    expect(written('update.D')).toContain('adam/D/conv2d/kernel/m');
    expect(written('update.G')).toContain('ema/G/dense/kernel');
  });

  test('say of every node where it comes from', () => {
    const origins = new Set(programs['update.D']!.nodes.map(({ origin }) => origin));
    for (const origin of [
      'G/conv2d_transpose',
      'D/batch_norm',
      'D/batch_norm gradient',
      'loss D',
      'adam D',
    ]) {
      expect(origins).toContain(origin);
    }
    expect(origins).not.toContain('');
  });

  test('train: the loss of D falls when D is updated on one batch again and again', () => {
    let state = initialState(compiled);
    const losses: number[] = [];
    for (let step = 0; step < 30; step++) {
      const ran = interpret(programs['update.D']!, { ...inputs(0), count: [step + 1] }, state);
      state = { ...ran.state };
      losses.push(ran.outputs['loss D']![0]!);
    }
    expect(losses.at(-1)!).toBeLessThan(losses[0]! - 0.01);
  });

  test('keep an averaged copy that starts at the weights and follows them', () => {
    const state = initialState(compiled);
    const before = state['G/dense/kernel']!;
    expect(state['ema/G/dense/kernel']).toEqual(before);
    const after = interpret(programs['update.G']!, inputs(0), state).state;
    const expected = Array.from(before, (old, at) => 0.5 * old + 0.5 * after['G/dense/kernel']![at]!);
    expectClose(after['ema/G/dense/kernel']!, expected);
  });

  test('sample with averaged weights and moving statistics', () => {
    const read = programs['sample.G']!.nodes.filter(({ op }) => op === 'state').map(
      ({ attributes }) => attributes.path,
    );
    expect(read).toContain('ema/G/dense/kernel');
    expect(read).toContain('G/batch_norm/moving_mean');
    expect(read.some((path) => String(path).startsWith('D/'))).toBe(false);
    const z = interpret(programs['latent.z']!, { key: [9, 0, 0, 0] }).outputs.z!;
    const { G } = interpret(programs['sample.G']!, { z }, initialState(compiled)).outputs;
    expect(G!.length).toBe(64 * 64);
    expect(G!.every((value) => Math.abs(value) <= 1)).toBe(true);
  });
});

test('moving statistics move once per pass, in order', () => {
  const compiled = lower(smallGan('fresh'));
  const state = initialState(compiled);
  const program = compiled.set.programs['update.D']!;
  const after = interpret(program, inputs(0), state).state['D/batch_norm/moving_variance']!;
  // Two passes, real and fake: 0.9 · (0.9 · 1 + 0.1 · a) + 0.1 · b; whatever a and b are, 0.81 of the old stays.
  const shifted = { ...state, 'D/batch_norm/moving_variance': new Float64Array(3).fill(2) };
  const again = interpret(program, inputs(0), shifted).state['D/batch_norm/moving_variance']!;
  for (let channel = 0; channel < 3; channel++) {
    expect(again[channel]! - after[channel]!).toBeCloseTo(0.81, 10);
  }
});

describe('draw: shared', () => {
  const fresh = lower(smallGan('fresh'));
  const shared = lower(smallGan('shared'));
  const program = shared.set.programs.step!;

  test('is one program with both losses, and shares the fakes and their scores', () => {
    verify(program);
    expect(shared.step).toEqual([{ program: 'step', times: 1, losses: ['loss D', 'loss G'], lazily: [] }]);
    const forward = (op: string, origin: string) =>
      program.nodes.filter((node) => node.op === op && node.origin === origin).length;
    expect(forward('conv', 'D/conv2d')).toBe(2);
    expect(forward('matmul', 'G/dense')).toBe(1);
  });

  test('takes every gradient before any weight moves', () => {
    const state = initialState(shared);
    const after = interpret(program, inputs(3), state);
    // What G's own update would do at the same draw and the same, still unmoved, D.
    const place = (node: { attributes: Readonly<Record<string, unknown>> }) => node.attributes.place;
    const alone = fresh.set.programs['update.G']!;
    const sameDraw = {
      ...alone,
      nodes: alone.nodes.map((node) =>
        node.op === 'normal'
          ? { ...node, attributes: { ...node.attributes, place: placeOf('step/latent z#1') } }
          : node,
      ),
    };
    expect(place(program.nodes.find(({ op }) => op === 'normal')!)).toBe(placeOf('step/latent z#1'));
    const expected = interpret(sameDraw, inputs(3), state);
    expect(after.outputs['loss G']![0]).toBeCloseTo(expected.outputs['loss G']![0]!, 12);
    expectClose(after.state['G/dense/kernel']!, expected.state['G/dense/kernel']!);
  });

  test('moves the statistics of both networks', () => {
    const paths = program.updates.map(({ path }) => path);
    expect(paths).toContain('G/batch_norm/moving_mean');
    expect(paths).toContain('D/batch_norm/moving_mean');
  });
});
