import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { updateOptions } from '../../compiler/3-check/block-options.ts';
import { constraints } from '../../compiler/constraints/index.ts';
import {
  insteadOf,
  suggestArgument,
  suggestedArguments,
  suggestedNames,
  suggestName,
} from '../../compiler/diagnostics/framework-spellings.ts';
import { editDistance, nearest } from '../../compiler/diagnostics/nearest.ts';
import { distributions } from '../../compiler/distributions/index.ts';
import { pages } from '../../compiler/explain/explain.ts';
import { functions } from '../../compiler/functions/index.ts';
import { layers } from '../../compiler/layers/index.ts';
import { optimizers } from '../../compiler/optimizers/index.ts';
import { schedules } from '../../compiler/schedules/index.ts';

const names = ['conv2d', 'conv2d_transpose', 'batch_norm', 'leaky_relu', 'relu', 'dense', 'tanh'];

describe('nearest', () => {
  test.each([
    ['conv_2d', 'conv2d'],
    ['Conv2D', 'conv2d'],
    ['leakyrelu', 'leaky_relu'],
    ['BatchNorm', 'batch_norm'],
    ['tnah', 'tanh'],
    ['desne', 'dense'],
    ['conv2d_tranpsose', 'conv2d_transpose'],
  ])('%s is %s', (written, meant) => {
    expect(nearest(written, names)).toBe(meant);
  });

  test('nothing is near when more than a third would change', () => {
    expect(nearest('pool', names)).toBeNull();
    expect(nearest('x', ['y'])).toBeNull();
    expect(nearest('ab', ['ac'])).toBeNull();
    expect(nearest('abc', ['abd'])).toBe('abd');
  });

  test('the distance is a metric for insertions, deletions and changes, and stops at its limit', () => {
    const word = fc.string({ maxLength: 8, unit: fc.constantFrom('a', 'b', 'c') });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        expect(distance).toBe(editDistance(b, a));
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
        for (const limit of [1, 2, 3]) expect(editDistance(a, b, limit)).toBe(Math.min(limit, distance));
      }),
    );
  });
});

describe('spellings of frameworks', () => {
  const known = new Set([
    'per_frame',
    ...[...layers, ...functions, ...optimizers, ...distributions, ...constraints].map(({ name }) => name),
  ]);

  test.each([
    ['BatchNorm2d', 'batch_norm', 'PyTorch'],
    ['ConvTranspose2d', 'conv2d_transpose', 'PyTorch'],
    ['Linear', 'dense', 'PyTorch'],
    ['nn.Linear', 'dense', 'PyTorch'],
    ['LeakyReLU', 'leaky_relu', 'PyTorch'],
    ['Conv2DTranspose', 'conv2d_transpose', 'Keras'],
    ['Conv2D', 'conv2d', 'Keras'],
    ['Dense', 'dense', 'Keras'],
    ['BatchNormalization', 'batch_norm', 'Keras'],
    ['UpSampling2D', 'upsample', 'Keras'],
    ['TimeDistributed', 'per_frame', 'Keras'],
    ['randn', 'normal', 'PyTorch'],
    ['attention', 'self_attention', null],
    ['xavier', 'glorot_uniform', null],
    ['weight_standardization', 'standardized', null],
  ])('%s is %s of %s', (written, name, spelling) => {
    expect(suggestName(written, known)).toEqual({ name, spelling });
  });

  test('arguments', () => {
    expect(suggestArgument('kernel_size', ['filters', 'kernel', 'stride'])).toBe('kernel');
    expect(suggestArgument('strides', ['filters', 'kernel', 'stride'])).toBe('stride');
    expect(suggestArgument('out_channels', ['filters', 'kernel', 'stride'])).toBe('filters');
    expect(suggestArgument('learning_rate', ['lr', 'beta1'])).toBe('lr');
    expect(suggestArgument('kernal', ['filters', 'kernel', 'stride'])).toBe('kernel');
    expect(suggestArgument('units', ['filters', 'kernel', 'stride'])).toBe('filters');
    expect(suggestArgument('alpha', ['slope'])).toBe('slope');
    expect(suggestArgument('constructor', ['filters', 'kernel', 'stride'])).toBeNull();
    expect(suggestName('toString', known).name).toBeNull();
  });
});

test('arguments that are something else here say what to do instead', () => {
  expect(suggestArgument('betas', ['lr', 'beta1', 'beta2'])).toBeNull();
  expect(insteadOf('betas')).toBe('write beta1: and beta2: for the two numbers');
  expect(insteadOf('activation')).toMatch(/^write the activation as the next layer/);
  expect(insteadOf('toString')).toBeNull();
});

test('every name that is suggested exists', () => {
  const names = new Set(['per_frame', ...pages().map(({ name }) => name)]);
  // `wgan` is `wasserstein`, whose two sides are told apart by what they are given.
  const isKnown = (name: string) => names.has(name) || names.has(`${name}.critic`);
  expect(suggestedNames.filter((name) => !isKnown(name))).toEqual([]);
});

test('every argument that is suggested exists', () => {
  const definitions = [...layers, ...functions, ...optimizers, ...distributions, ...schedules];
  const known = new Set(definitions.flatMap((definition) => definition.arguments.map(({ name }) => name)));
  // Options of `train` and `update` stand beside them.
  for (const option of ['batch', 'steps', 'optimizer', ...updateOptions.map(({ name }) => name)])
    known.add(option);
  for (const name of suggestedArguments) expect(known, name).toContain(name);
});
