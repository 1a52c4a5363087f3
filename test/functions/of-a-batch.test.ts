import { describe, expect, test } from 'vitest';
import { compile } from '../../compiler/compile.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { interpret } from '../reference/interpreter.ts';

const A = [0.5, -1, 2, 0.25, 3, -0.75];
const CLASSES = [2, 0];

function compiled(loss: string) {
  const spec = `
gan 1

data points from paired("x", "y") {
  a: [3] in [-9, 9]
  b: [3] in [-9, 9]
  class: label(3)
  many: label(4)
}

network D(x: [3]) -> [3] {
  x -> dense(3)
}

network S(x: [3]) -> [1] {
  x -> dense(1)
}

train on points {
  batch: 2
  steps: 1
  update ${loss.includes('D(') ? 'D' : 'S'} {
    loss: ${loss}
    optimizer: sgd(lr: 0.1)
  }
}
`;
  const { compiled: made, diagnostics } = compile(new SourceFile('loss.gan', spec));
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return { made, errors: errors.map(({ message }) => message) };
}

/** The value of a loss where D gives A back, and S the sum of what it is given. */
function lossOf(loss: string): number {
  const { made, errors } = compiled(loss);
  expect(errors).toEqual([]);
  const state = {
    'D/dense/kernel': [1, 0, 0, 0, 1, 0, 0, 0, 1],
    'D/dense/bias': [0, 0, 0],
    'S/dense/kernel': [1, 1, 1],
    'S/dense/bias': [0],
  };
  const inputs = { 'points.a': A, 'points.b': [1, 1, 1, 1, 1, 1], 'points.class': CLASSES, count: [1] };
  const { program, losses } = made!.step[0]!;
  return interpret(made!.set.programs[program]!, inputs, state).outputs[losses[0]!]![0]!;
}

test('cross_entropy of logits with a label is −log of the share that softmax gives the class', () => {
  const expected = [0, 1].map((row) => {
    const logits = A.slice(3 * row, 3 * row + 3);
    const powers = logits.map(Math.exp);
    return -Math.log(powers[CLASSES[row]!]! / powers.reduce((a, b) => a + b, 0));
  });
  const mean = (expected[0]! + expected[1]!) / 2;
  expect(lossOf('cross_entropy(D(points.a), points.class)')).toBeCloseTo(mean, 12);
  expect(lossOf('acgan(D(points.a), points.class)')).toBeCloseTo(mean, 12);
});

test('cross_entropy with shares is the same for one-hot shares', () => {
  // b is all ones: the sum of −log softmax over the classes.
  const whole = lossOf('cross_entropy(D(points.a), points.b / 3)');
  const each = [0, 1].map((row) => {
    const powers = A.slice(3 * row, 3 * row + 3).map(Math.exp);
    const all = powers.reduce((a, b) => a + b, 0);
    return powers.reduce((sum, power) => sum - Math.log(power / all) / 3, 0);
  });
  expect(whole).toBeCloseTo((each[0]! + each[1]!) / 2, 12);
});

test('batch_mean and example_mean are means over the one axis and over the others', () => {
  const [first, second] = [A.slice(0, 3), A.slice(3)];
  const squares = first.map((value, at) => ((value + second[at]!) / 2) ** 2);
  expect(lossOf('mean(square(batch_mean(D(points.a))))')).toBeCloseTo(
    squares.reduce((a, b) => a + b, 0) / 3,
    12,
  );
  const means = [first, second].map((row) => row.reduce((a, b) => a + b, 0) / 3);
  expect(lossOf('mean(square(example_mean(D(points.a))))')).toBeCloseTo(
    (means[0]! ** 2 + means[1]! ** 2) / 2,
    12,
  );
});

test('pack puts every example beside the next one of the batch', () => {
  const [first, second] = [A.slice(0, 3), A.slice(3)];
  // Of [a, b] and [b, a], weighed 1 and 2: the numbers of a pack are told apart by where they stand.
  const packs = [
    [...first, ...second],
    [...second, ...first],
  ];
  const weights = [1, 1, 1, 2, 2, 2];
  const sums = packs.map((numbers) => numbers.reduce((sum, value, at) => sum + weights[at]! * value, 0));
  const loss = 'mean(square(example_mean(6 * dot(pack(D(points.a), 2), concat(points.b, 2 * points.b)))))';
  expect(lossOf(loss)).toBeCloseTo((36 * (sums[0]! ** 2 + sums[1]! ** 2)) / 2, 9);
});

test('top_k beside scores of the whole batch means every pair of the two', () => {
  // The sums are 1.5 and 2.5.
  expect(lossOf('mean(square(top_k(S(points.a), 1) - S(points.a)))')).toBeCloseTo((1 ** 2 + 0) / 2, 12);
});

describe('what is one tensor for the whole batch is refused where every example needs its own', () => {
  test.each([
    [
      'mean(D(top_k(S(points.a), 3)))',
      '`x` of D takes a tensor with something for every example, such as fake or D(fake), but is given one tensor [3, 1] for the whole batch',
    ],
    [
      'mean(batch_mean(points.a) -> flatten)',
      '`x` of flatten takes a tensor with something for every example, such as fake or D(fake), but is given one tensor [3] for the whole batch',
    ],
    [
      'mean(shuffle(mean(points.a)))',
      '`x` of shuffle takes a tensor with something for every example, such as fake or D(fake), but is given one number for the whole batch',
    ],
    [
      'gradient_penalty(D(_), batch_mean(points.a), points.a)',
      '`real` of gradient_penalty takes a tensor with something for every example, such as fake or D(fake), but is given one tensor [3] for the whole batch',
    ],
  ])('%s', (loss, message) => {
    expect(compiled(loss).errors).toEqual([message]);
  });
});

describe('a class that the logits do not fit is a mistake', () => {
  test.each([
    [
      'cross_entropy(D(points.a), points.many)',
      '`class` of cross_entropy takes a label(3), one class for each logit, but is given a label(4)',
    ],
    ['cross_entropy(points.class, D(points.a))', 'points.class is a label, so cross_entropy cannot take it'],
    ['cross_entropy(D(points.a))', 'cross_entropy needs an argument `class`'],
    [
      'mean(top_k(D(points.a), 1))',
      'the score of top_k takes one score per example, shape [1], such as D(fake) or example_mean(D(fake)), but is given a tensor of shape [3]',
    ],
  ])('%s', (loss, message) => {
    expect(compiled(loss).errors).toEqual([message]);
  });
});
