import { describe, expect, test } from 'vitest';
import { compile } from '../../compiler/compile.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { interpret } from '../reference/interpreter.ts';

const REAL = [1.5, -0.25, 0.5];
const FAKE = [-2, 0.75, 3];

/** The value of a loss of two fields `a` (real scores) and `b` (fake scores), by a spec whose D only adds a zero. */
function lossOf(expression: string): number {
  const spec = `
gan 1

data scores from paired("x", "y") {
  a: [1] in [-9, 9]
  b: [1] in [-9, 9]
}

network D(x: [1]) -> [1] {
  x -> dense(1, init: ones)
}

train on scores {
  batch: 3
  steps: 1
  real = D(scores.a)
  fake = D(scores.b)
  update D {
    loss: ${expression}
    optimizer: sgd(lr: 0.1)
  }
}
`;
  const { compiled, diagnostics } = compile(new SourceFile('loss.gan', spec));
  expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual(
    [],
  );
  const state = { 'D/dense/kernel': [1], 'D/dense/bias': [0] };
  const inputs = { 'scores.a': REAL, 'scores.b': FAKE, count: [1], key: [0, 0, 0, 0] };
  return interpret(compiled!.set.programs['update.D']!, inputs, state).outputs['loss D']![0]!;
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const pairs = REAL.map((real, index) => [real, FAKE[index]!] as const);

/** Each as the papers write it, with probabilities and logarithms. */
const published: Readonly<Record<string, number>> = {
  'bce(real, 1) + bce(fake, 0)':
    mean(REAL.map((s) => -Math.log(sigmoid(s)))) + mean(FAKE.map((s) => -Math.log(1 - sigmoid(s)))),
  'bce(real, 0.9)': mean(REAL.map((s) => -0.9 * Math.log(sigmoid(s)) - 0.1 * Math.log(1 - sigmoid(s)))),
  'least_squares(real, 1) + least_squares(fake, 0)':
    mean(REAL.map((s) => (s - 1) ** 2)) + mean(FAKE.map((s) => s ** 2)),
  'hinge.critic(real, fake)':
    mean(REAL.map((s) => Math.max(0, 1 - s))) + mean(FAKE.map((s) => Math.max(0, 1 + s))),
  'hinge.generator(fake)': -mean(FAKE),
  'wasserstein.critic(real, fake)': mean(FAKE) - mean(REAL),
  'wasserstein.generator(fake)': -mean(FAKE),
  'relativistic.critic(real, fake)': mean(pairs.map(([r, f]) => -Math.log(sigmoid(r - f)))),
  'relativistic.generator(real, fake)': mean(pairs.map(([r, f]) => -Math.log(sigmoid(f - r)))),
  'relativistic_average.critic(real, fake)':
    mean(REAL.map((r) => -Math.log(sigmoid(r - mean(FAKE))))) +
    mean(FAKE.map((f) => -Math.log(1 - sigmoid(f - mean(REAL))))),
  'relativistic_average.generator(real, fake)':
    mean(FAKE.map((f) => -Math.log(sigmoid(f - mean(REAL))))) +
    mean(REAL.map((r) => -Math.log(1 - sigmoid(r - mean(FAKE))))),
  'l1(real, fake)': mean(pairs.map(([r, f]) => Math.abs(r - f))),
  'l2(real, fake)': mean(pairs.map(([r, f]) => (r - f) ** 2)),
};

describe('every loss has the value that its paper gives it', () => {
  test.each(Object.entries(published))('%s', (expression, value) => {
    expect(lossOf(expression)).toBeCloseTo(value, 12);
  });
});

test('bce stays exact where the sigmoid rounds to 1', () => {
  expect(lossOf('bce(100 * real, 0)')).toBeCloseTo(mean([150, 0, 50]), 9);
});
