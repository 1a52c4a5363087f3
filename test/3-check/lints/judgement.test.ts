import { describe, expect, test } from 'vitest';
import { check } from '../../../compiler/compile.ts';
import { exampleSpec } from '../../../compiler/diagnostics/example-spec.ts';
import { SourceFile } from '../../../compiler/source/source-file.ts';

// Losses are judged by what they do, however they are written.

function codes(
  judge: string,
  maker: string,
  last = '',
  options: { times?: string; lr?: string; score?: string; weights?: string } = {},
) {
  const { times = '', lr = '2e-4', score = '[1]', weights } = options;
  const held = weights ? `, weights: ${weights}` : '';
  const text = exampleSpec({
    discriminator: `
discriminator D(x: faces.image) -> ${score} {
  x -> conv2d(8, kernel: 4, stride: 2${held}) -> leaky_relu(0.2) -> ${score === '[1]' ? 'flatten -> dense(1)' : 'conv2d(1, kernel: 3)'}${last}
}`,
    train: `
train on faces {
  batch: 16
  steps: 10_000
  real = faces.image
  fake = G(z)
  update D {
    ${times}
    loss: ${judge}
    optimizer: adam(lr: ${lr}, beta1: 0)
  }
  update G {
    loss: ${maker}
    optimizer: adam(lr: 2e-4, beta1: 0)
  }
}`,
  });
  return check(new SourceFile('a.gan', text)).diagnostics.map(({ code }) => code);
}

describe('both players pull the same way', () => {
  test.each([
    ['bce(D(real), 1) + bce(D(fake), 0)', 'bce(D(fake), 0)'],
    ['bce(D(real), 0) + bce(D(fake), 1)', 'bce(D(fake), 1)'],
    ['least_squares(D(real), 1) + least_squares(D(fake), 0)', 'least_squares(D(fake), 0)'],
    ['hinge.critic(D(real), D(fake))', 'mean(D(fake))'],
    ['hinge.critic(D(real), D(fake))', '-hinge.generator(D(fake))'],
    ['mean(softplus(-D(real))) + mean(softplus(D(fake)))', '0.5 * mean(softplus(D(fake)))'],
    ['relativistic.critic(D(real), D(fake))', 'relativistic.critic(D(real), D(fake))'],
  ])('%s against %s', (judge, maker) => {
    expect(codes(judge, maker)).toEqual(['same-direction-losses']);
  });
});

describe('a bounded score', () => {
  test.each([
    ['hinge.critic(D(real), D(fake))', '-mean(D(fake))', 'sigmoid-on-score'],
    ['mean(relu(1 - D(real))) + mean(maximum(1 + D(fake), 0))', '-mean(D(fake))', 'sigmoid-on-score'],
    ['relativistic.critic(D(real), D(fake))', 'relativistic.generator(D(real), D(fake))', 'sigmoid-on-score'],
    [
      'mean(D(fake)) - mean(D(real)) + 10 * gradient_penalty(D(_), real, fake)',
      '-mean(D(fake))',
      'sigmoid-on-score',
    ],
    ['bce(D(real), 1) + bce(D(fake), 0)', 'bce(D(fake), 1)', 'double-sigmoid'],
    ['mean(softplus(-D(real))) + mean(softplus(D(fake)))', 'mean(softplus(-D(fake)))', 'double-sigmoid'],
    ['bce(D(real), 0.9) + bce(D(fake), 0.1)', 'bce(D(fake), 1)', 'double-sigmoid'],
  ])('%s', (judge, maker, code) => {
    expect(codes(judge, maker, ' -> sigmoid', { times: 'times: 5' })).toEqual([code]);
  });

  test('of a patch map, behind layers that only move numbers', () => {
    const options = { score: '[8, 8, 1]' };
    expect(codes('hinge.critic(D(real), D(fake))', '-mean(D(fake))', ' -> tanh', options)).toEqual([
      'sigmoid-on-score',
    ]);
    expect(
      codes('hinge.critic(D(real), D(fake))', '-mean(D(fake))', ' -> sigmoid -> crop(0)', options),
    ).toEqual(['sigmoid-on-score']);
  });
});

describe('Wasserstein', () => {
  test.each([
    'mean(D(fake)) - mean(D(real))',
    'mean(D(fake) - D(real))',
    'wasserstein.critic(D(real), D(fake))',
    '-(mean(D(real)) - mean(D(fake))) / 2',
  ])('%s needs a bound and more steps', (judge) => {
    expect(codes(judge, '-mean(D(fake))').sort()).toEqual(['critic-steps', 'wasserstein-unconstrained']);
    expect(codes(judge, '-mean(D(fake))', '', { times: 'times: 5' })).toEqual(['wasserstein-unconstrained']);
    expect(
      codes(`${judge} + 10 * gradient_penalty(D(_), real, fake)`, '-mean(D(fake))', '', { lr: '8e-4' }),
    ).toEqual([]);
  });

  test.each([
    ['spectral_norm', []],
    ['standardized', []],
    ['weight_norm', ['wasserstein-unconstrained']],
    ['equalized', ['wasserstein-unconstrained']],
  ])('%s in the critic', (weights, said) => {
    const judge = 'wasserstein.critic(D(real), D(fake))';
    expect(codes(judge, '-mean(D(fake))', '', { times: 'times: 5', weights })).toEqual(said);
  });
});

test('an update that trains what its loss does not reach, a map for a loss, a network without an update', () => {
  expect(codes('bce(D(real), 1) + bce(D(fake), 0)', 'bce(D(real), 1)')).toEqual(['update-has-no-effect']);
  expect(codes('softplus(D(fake)) + softplus(-D(real))', 'bce(D(fake), 1)')).toEqual(['loss-not-scalar']);
  expect(codes('bce(D(fake), 0)', 'l2(fake, real)')).toEqual(['unpaired-comparison']);
});
