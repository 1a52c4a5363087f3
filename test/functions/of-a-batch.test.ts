import { describe, expect, test } from 'vitest';
import { compile } from '../../compiler/compile.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { counting, run } from '../layers/run.ts';
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

describe('pack puts neighbours of the batch into one example, channel beside channel', () => {
  test('of vectors', () => {
    const { y } = run('pack(2)', [{ shape: [4, 3], data: counting(12) }]);
    expect(y).toEqual(counting(12));
  });

  test('of pictures', () => {
    const [a, b] = [counting(4), counting(4).map((value) => 10 * value)];
    const { y } = run('pack(2)', [{ shape: [2, 2, 1, 2], data: [...a, ...b] }]);
    expect(y).toEqual([1, 2, 10, 20, 3, 4, 30, 40]);
  });

  test('the last pack is filled up where a batch outside of training has too few', () => {
    expect(run('pack(2)', [{ shape: [3, 1], data: [1, 2, 3] }]).y).toEqual([1, 2, 3, 1]);
    expect(run('pack(3)', [{ shape: [1, 1], data: [7] }]).y).toEqual([7, 7, 7]);
  });

  test('what belongs to a pack counts for each of its examples', () => {
    // Scores of the two examples are the sums 1.5 and 2.5, and that of their one pack is the sum of both.
    expect(lossOf('mean(square(example_mean(6 * pack(D(points.a), 2)) - S(points.a)))')).toBeCloseTo(
      (2.5 ** 2 + 1.5 ** 2) / 2,
      12,
    );
  });

  test('the batch must come out even', () => {
    expect(compiled('mean(pack(D(points.a), 3))').errors).toEqual([
      '`batch` of train takes a multiple of 3, since pack puts 3 examples together, but is given 2',
    ]);
  });
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
