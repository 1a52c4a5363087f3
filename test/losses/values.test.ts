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
  'minimax.critic(real, fake)':
    mean(REAL.map((s) => -Math.log(sigmoid(s)))) + mean(FAKE.map((s) => -Math.log(1 - sigmoid(s)))),
  'minimax.generator(fake)': mean(FAKE.map((s) => Math.log(1 - sigmoid(s)))),
  'non_saturating.critic(real, fake)':
    mean(REAL.map((s) => -Math.log(sigmoid(s)))) + mean(FAKE.map((s) => -Math.log(1 - sigmoid(s)))),
  'non_saturating.generator(fake)': mean(FAKE.map((s) => -Math.log(sigmoid(s)))),
  'wasserstein.drift(real)': mean(REAL.map((s) => s ** 2)),
  'relativistic_average.least_squares.critic(real, fake)':
    mean(REAL.map((r) => (r - mean(FAKE) - 1) ** 2)) + mean(FAKE.map((f) => (f - mean(REAL) + 1) ** 2)),
  'relativistic_average.least_squares.generator(real, fake)':
    mean(FAKE.map((f) => (f - mean(REAL) - 1) ** 2)) + mean(REAL.map((r) => (r - mean(FAKE) + 1) ** 2)),
  'relativistic_average.hinge.critic(real, fake)':
    mean(REAL.map((r) => Math.max(0, 1 - r + mean(FAKE)))) +
    mean(FAKE.map((f) => Math.max(0, 1 + f - mean(REAL)))),
  'relativistic_average.hinge.generator(real, fake)':
    mean(FAKE.map((f) => Math.max(0, 1 - f + mean(REAL)))) +
    mean(REAL.map((r) => Math.max(0, 1 + r - mean(FAKE)))),
  'ebgan.critic(square(real), square(fake), 2)':
    mean(REAL.map((s) => s ** 2)) + mean(FAKE.map((s) => Math.max(0, 2 - s ** 2))),
  'ebgan.generator(square(fake))': mean(FAKE.map((s) => s ** 2)),
  'began.critic(l1(real, 0), l1(fake, 0), 0.3)': mean(REAL.map(Math.abs)) - 0.3 * mean(FAKE.map(Math.abs)),
  'began.generator(l1(fake, 0))': mean(FAKE.map(Math.abs)),
  'feature_matching(real, fake)': (mean(REAL) - mean(FAKE)) ** 2,
  'feature_matching.l1(real, fake)': Math.abs(mean(REAL) - mean(FAKE)),
  'cycle(real, fake)': mean(pairs.map(([r, f]) => Math.abs(r - f))),
  'identity(real, fake)': mean(pairs.map(([r, f]) => Math.abs(r - f))),
  'infogan.continuous(real, fake)': mean(
    pairs.map(([c, m]) => -Math.log(Math.exp(-((c - m) ** 2) / 2) / Math.sqrt(2 * Math.PI))),
  ),
  'infogan.continuous(real, fake, 0.4 * real)': mean(
    pairs.map(([c, m]) => {
      const variance = Math.exp(0.4 * c);
      return -Math.log(Math.exp(-((c - m) ** 2) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance));
    }),
  ),
  // Logits and shares: here one class each, whose share of everything is 1.
  'cross_entropy(real, square(fake) / square(fake))': 0,
  '-mean(top_k(fake, 2))': -(3 + 0.75) / 2,
  'bce(top_k(fake, 1), 1)': -Math.log(sigmoid(3)),
  'mean(top_k(fake, 9))': mean(FAKE),
  'l1(real, fake)': mean(pairs.map(([r, f]) => Math.abs(r - f))),
  'l2(real, fake)': mean(pairs.map(([r, f]) => (r - f) ** 2)),
};

/** g and f* of the paper's tables 2 and 6; a critic minimises E f*(g(fake)) − E g(real). */
const divergences: Readonly<Record<string, readonly [g: (v: number) => number, f: (t: number) => number]>> = {
  total_variation: [(v) => 0.5 * Math.tanh(v), (t) => t],
  kl: [(v) => v, (t) => Math.exp(t - 1)],
  reverse_kl: [(v) => -Math.exp(-v), (t) => -1 - Math.log(-t)],
  pearson: [(v) => v, (t) => 0.25 * t * t + t],
  neyman: [(v) => 1 - Math.exp(-v), (t) => 2 - 2 * Math.sqrt(1 - t)],
  squared_hellinger: [(v) => 1 - Math.exp(-v), (t) => t / (1 - t)],
  jensen_shannon: [(v) => Math.log(2) - Math.log(1 + Math.exp(-v)), (t) => -Math.log(2 - Math.exp(t))],
};

describe('every f-divergence is that of its activation and its conjugate', () => {
  test.each(Object.entries(divergences))('%s', (name, [g, f]) => {
    const ofFakes = mean(FAKE.map((s) => f(g(s))));
    const critic = lossOf(`f_divergence.${name}.critic(real, fake)`);
    expect(critic).toBeCloseTo(ofFakes - mean(REAL.map(g)), 10);
    expect(lossOf(`f_divergence.${name}.generator(fake)`)).toBeCloseTo(-ofFakes, 10);
  });
});

describe('every loss has the value that its paper gives it', () => {
  test.each(Object.entries(published))('%s', (expression, value) => {
    expect(lossOf(expression)).toBeCloseTo(value, 12);
  });
});

test('bce stays exact where the sigmoid rounds to 1', () => {
  expect(lossOf('bce(100 * real, 0)')).toBeCloseTo(mean([150, 0, 50]), 9);
});
