import { describe, expect, test } from 'vitest';
import { exampleSpec } from '../../compiler/diagnostics/example-spec.ts';
import { smallSpec } from '../cli/small-spec.ts';
import { findings, modelOf } from './findings.ts';

const SPEC = smallSpec
  .replace('dense(width) -> batch_norm', 'dense(width, bias: false) -> batch_norm')
  .replace('over: 100', 'over: 40');

/** The small spec with this in an `evaluate` block. */
const measuring = (body: string, network = 'G') => `${SPEC}\nevaluate ${network} {\n  ${body}\n}\n`;

test('a block is a network, how often, how many, and measures by names of the author', () => {
  const { evaluations } = modelOf(
    measuring('every: 10\n  samples: 500\n  found: mode_coverage(G(z), points)'),
  );
  expect(evaluations).toMatchObject([{ network: 'G', every: 10, samples: 500 }]);
  const [plan] = evaluations[0]!.measures;
  expect(plan).toMatchObject({ name: 'found', text: 'mode_coverage(G(z), points)' });
  expect(plan!.args.number('within')).toBe(3);
  expect(modelOf(measuring('found: mode_coverage(G(z), points)')).evaluations[0]).toMatchObject({
    every: null,
    samples: 2500,
  });
});

test('what measures look at may be any expression without weights of its own', () => {
  const shifted =
    'a: mode_coverage(G(z + normal(std: 0.1)) -> tanh, points)\n  b: mode_coverage(points.point, points)';
  expect(findings(measuring(shifted))).toEqual([]);
});

test('a dataset that only an evaluation uses is used', () => {
  const other = measuring('a: mode_coverage(G(z), others)').replace(
    'generator G',
    'data others from gaussians.ring(modes: 3) {\n  point: [2]\n}\n\ngenerator G',
  );
  expect(findings(other)).toEqual([]);
});

describe('mistakes', () => {
  test.each([
    ['a: mode_coverag(G(z), points)', 'unknown-layer: there is no measure called `mode_coverag`'],
    [
      'a: 500',
      'argument-value: `a` of evaluate G takes a measure, such as mode_coverage(G(z), ring), but is given 500',
    ],
    ['evry: 500', 'unknown-argument: evaluate G has no option `evry`'],
    ['every: 0.5', 'not-a-whole-number: every of evaluate G must be a whole number, but is 0.5'],
    ['a: mode_coverage(G(z))', 'unknown-argument: mode_coverage needs an argument `data`'],
    [
      'a: mode_coverage(G(z), points, within: -1)',
      'argument-value: `within` of mode_coverage takes a number of at least 0, but is given -1',
    ],
    [
      'a: mode_coverage(G(z), points.point)',
      'argument-value: `data` of mode_coverage takes a dataset from gaussians.ring() or gaussians.grid(), whose modes are known, but is given a tensor of shape [2]',
    ],
    [
      'a: mode_coverage(D(G(z)), points)',
      'argument-value: `made` of mode_coverage takes samples of shape [2], but is given [1]',
    ],
    [
      'a: mode_coverage(G, points)',
      'argument-value: `made` of mode_coverage takes a tensor, such as G(z), but is given the network G',
    ],
    [
      'a: mode_coverage(points.point, points)',
      'argument-value: the block of evaluate G takes a measure of what G makes, such as modes: mode_coverage(G(z), data), but is given none that uses G',
    ],
    [
      'samples: 10',
      'argument-value: the block of evaluate G takes a measure of what G makes, such as modes: mode_coverage(G(z), data), but is given none',
    ],
    [
      'a: mode_coverage(G(z) -> dense(2), points)',
      'weights-outside-network: dense has weights, and here they would belong to no network',
    ],
    [
      'samples: 1_000_001\n  a: mode_coverage(G(z), points)',
      'argument-value: `samples` of evaluate G takes a whole number between 1 and 1000000, but is given 1000001',
    ],
    [
      'a: mode_coverage(G(z), points)\n  a: mode_coverage(G(z), points)',
      'unknown-argument: evaluate G is given `a` twice',
    ],
  ])('%s', (body, expected) => {
    // A mistake is one error, and nothing is built on it.
    expect(findings(measuring(body))).toEqual([expected]);
  });

  test('of the network: one that is not there, and one that has a block already', () => {
    expect(findings(measuring('a: mode_coverage(G(z), points)', 'H'))).toEqual([
      'unknown-name: there is no network called `H`',
    ]);
    const twice = `${measuring('a: mode_coverage(G(z), points)')}${'evaluate G {\n  b: mode_coverage(G(z), points)\n}\n'}`;
    expect(findings(twice)[0]).toMatch(/^duplicate-name: .*evaluate G/);
  });

  test('a measure is no loss', () => {
    const text = SPEC.replace('loss: bce(D(fake), 1)', 'loss: mode_coverage(fake, points)');
    expect(findings(text)).toEqual([
      'argument-value: `loss` of update G takes one number, such as mean(D(fake)), but is given the measure mode_coverage',
    ]);
  });
});

describe('what a measure cannot look at', () => {
  /** Of the pictures of the example spec, [16, 16, 3]. */
  const ofPictures = (body: string) => exampleSpec({ sample: `evaluate G {\n  ${body}\n}` });

  test.each([
    [
      'a: frechet_distance(G(z), faces.image)',
      'argument-value: `made` of frechet_distance takes a vector for each sample, such as vgg(G(z)).conv4 -> global_avg_pool, but is given [16, 16, 3]',
    ],
    [
      'a: frechet_distance(G(z) -> flatten, faces.image -> flatten)\n  samples: 500',
      'argument-value: `samples` of evaluate G takes more than 768, as many as there are features, but is given 500',
    ],
    [
      'a: pairwise_distance(G(z), D(faces.image))',
      'argument-value: `real` of pairwise_distance takes samples of the shape of those made, [16, 16, 3], but is given [1]',
    ],
    [
      'a: pairwise_distance(G(z), faces.image)\n  samples: 500_000',
      'argument-value: `samples` of evaluate G takes at most 349525 here, as all of them are held in memory at once, but is given 500000',
    ],
    [
      'a: ms_ssim(G(z) -> flatten, faces.image -> flatten)',
      'argument-value: `made` of ms_ssim takes pictures of 11 × 11 or more, [height, width, channels], but is given [768]',
    ],
    [
      'a: ms_ssim(G(z), faces.image, range: 1)',
      'argument-value: `range` of ms_ssim takes the smallest and the largest value, such as [-1, 1], but is given 1',
    ],
    [
      'a: motion_distance(G(z), faces.image)',
      'argument-value: `made` of motion_distance takes clips of two frames or more, [frames, height, width, channels], but is given [16, 16, 3]',
    ],
    [
      'a: mode_coverage(G(z) -> flatten, faces)',
      'argument-value: `data` of mode_coverage takes a dataset from gaussians.ring() or gaussians.grid(), whose modes are known, but is given the dataset faces, which is from folder',
    ],
  ])('%s', (body, expected) => {
    expect(findings(ofPictures(body))).toEqual([expected]);
  });

  test('and what it can', () => {
    const fine =
      'a: frechet_distance(G(z) -> flatten, faces.image -> flatten)\n  b: pairwise_distance(D(G(z)), D(faces.image))\n  c: ms_ssim(G(z), faces.image, range: [0, 1])';
    expect(findings(ofPictures(fine))).toEqual([]);
  });
});
