import { describe, expect, test } from 'vitest';
import { exampleSpec } from '../../../compiler/diagnostics/example-spec.ts';
import { findings } from '../findings.ts';

/** What is said of an ordinary spec with these optimizers. */
function trainedWith(judge: string, maker: string, { times = 1, steps = '10_000', more = '' } = {}) {
  return findings(
    exampleSpec({
      train: `
train on faces {
  batch: 16
  steps: ${steps}
  real = faces.image
  fake = G(z)
  update D {
    times: ${times}
    loss: bce(D(real), 1) + bce(D(fake), 0)
    optimizer: ${judge}
  }
  update G {
    loss: bce(D(fake), 1)
    optimizer: ${maker}
    ${more}
  }
}`,
    }),
  );
}

describe('learning-rate-unusual', () => {
  const usual = 'adam(lr: 2e-4, beta1: 0.5)';

  test.each([
    ['adam(lr: 4e-4)', 'adam(lr: 1e-4)', 1],
    ['adam(lr: 2e-4)', 'adam(lr: 1e-3)', 1],
    ['adam(lr: 0.01)', 'adam(lr: 0.01)', 1],
    ['adam(lr: 1e-5)', 'adam(lr: 1e-4)', 1],
    ['sgd(lr: 0.1, momentum: 0.5)', 'sgd(lr: 0.1, momentum: 0.5)', 1],
    ['sgd(lr: 1e-4)', 'adam(lr: 2e-3)', 1],
    ['adam(lr: 5e-5)', 'adam(lr: 1e-3)', 5],
    ['adam(lr: linear(from: 2e-4, to: 0, over: 10_000))', usual, 1],
    ['adam(lr: warmup(to: 2e-4, over: 100))', usual, 1],
    ['adam(4e-4)', 'adam(2e-4)', 1],
  ])('nothing is said of %s against %s', (judge, maker, times) => {
    expect(trainedWith(judge, maker, { times })).toEqual([]);
  });

  test.each([
    ['adam(lr: 0.05)', 'D is trained with a learning rate of 0.05'],
    ['rmsprop(lr: 0.02)', 'D is trained with a learning rate of 0.02'],
    ['adam(lr: linear(from: 0.1, to: 0, over: 10_000))', 'D is trained with a learning rate of 0.1'],
    ['adam(lr: 2e-9)', 'D is trained with a learning rate of 2e-9'],
    ['adam(lr: 0)', 'D is trained with a learning rate of 0'],
    ['adam(lr: 1e-5)', 'D learns 20 times slower than G, which it judges'],
    ['adam(1e-5)', 'D learns 20 times slower than G, which it judges'],
  ])('%s', (judge, said) => {
    expect(trainedWith(judge, usual)).toEqual([`learning-rate-unusual: ${said}`]);
  });
});

describe('schedule-off-the-end', () => {
  const ema = (value: string) => ({ more: `ema: ${value}` });
  const usual = 'adam(lr: 2e-4, beta1: 0.5)';

  test.each([
    'linear(from: 2e-4, to: 0, over: 10_000)',
    'cosine(from: 2e-4, over: 5_000)',
    'exponential(from: 2e-4, factor: 0.5, over: 50_000)',
    'piecewise([0, 2e-4], [5_000, 2e-4], [10_000, 0])',
    'warmup(to: 2e-4, over: 10_000)',
    'constant(2e-4)',
  ])('nothing is said of %s in 10,000 steps', (lr) => {
    expect(trainedWith(`adam(lr: ${lr}, beta1: 0.5)`, usual)).toEqual([]);
  });

  test('a half-life is in images, and its ramp has no aim', () => {
    expect(trainedWith(usual, usual, ema('half_life(500_000, batch: 16, ramp: 0.05)'))).toEqual([]);
  });

  test('longer than the training, wherever it is used', () => {
    const said = (name: string, end: string) =>
      `schedule-off-the-end: ${name} ends at step ${end}, but the training at 10,000`;
    expect(trainedWith('adam(lr: cosine(from: 2e-4, over: 20_000))', usual)).toEqual([
      said('cosine', '20,000'),
    ]);
    expect(trainedWith('adam(lr: piecewise([0, 2e-4], [9_000, 2e-4], [12_000, 0]))', usual)).toEqual([
      said('piecewise', '12,000'),
    ]);
    expect(trainedWith(usual, usual, ema('linear(from: 0.9, to: 0.999, over: 20_000)'))).toEqual([
      said('linear', '20,000'),
    ]);
  });

  test('beginning after it', () => {
    expect(trainedWith('adam(lr: piecewise([10_000, 2e-4], [20_000, 0]))', usual)).toEqual([
      'schedule-off-the-end: piecewise does not begin within the 10,000 steps of the training',
    ]);
  });

  test('one that stands in a param is reported once', () => {
    const text = exampleSpec({ declarations: 'param lr = linear(from: 2e-4, to: 0, over: 20_000)' });
    expect(findings(text.replaceAll('lr: 2e-4', 'lr: lr'))).toEqual([
      'schedule-off-the-end: linear ends at step 20,000, but the training at 10,000',
    ]);
  });
});
