import { expect, test } from 'vitest';
import { exampleSpec } from '../../../compiler/diagnostics/example-spec.ts';
import { findings } from '../findings.ts';

const makerLoss = (loss: string) => exampleSpec().replace('loss: bce(D(fake), 1)', `loss: ${loss}`);

test('of numbers that no discriminator gives', () => {
  expect(findings(makerLoss('bce(D(fake), 1) + mean(log(fake))'))).toEqual([
    'log-below-zero: log is taken of values in [-1, 1]',
  ]);
});

test('said once for a discriminator, however often its scores are used', () => {
  expect(findings(makerLoss('-mean(log(D(fake))) - 0.1 * mean(log(2 * D(fake)))'))).toEqual([
    "log-below-zero: log is taken of D's score, which lies in [-∞, ∞]",
  ]);
});

test.each([
  '-mean(log(D(fake) -> sigmoid))',
  '-mean(log(exp(D(fake)) + 1e-8))',
  '-mean(log(softplus(D(fake))))',
])('silent: %s', (loss) => {
  expect(findings(makerLoss(loss))).toEqual([]);
});
