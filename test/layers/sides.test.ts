import { describe, expect, test } from 'vitest';
import { check } from '../../compiler/compile.ts';
import { convert } from '../../compiler/print/convert.ts';
import { expand } from '../../compiler/print/expand.ts';
import { format } from '../../compiler/print/format.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { bareTree } from '../1-parse/bare-tree.ts';
import { readSound } from '../1-parse/read.ts';

const specOf = (body: string) => `gan 1\n\nnetwork N(z: [8], y: label(3), w: [5]) -> [4] {\n  ${body}\n}\n`;

/** What is said about a network of one line. */
function said(body: string): string[] {
  return mistakes(specOf(body));
}

function mistakes(text: string): string[] {
  const { diagnostics } = check(new SourceFile('sides.gan', text));
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return errors.map(({ code, message }) => `${code}: ${message}`);
}

const uses = [
  'z -> dense(4) -> conditional_batch_norm(y)',
  'z -> dense(4) -> conditional_batch_norm(y: y, epsilon: 0.001)',
  'z -> dense(4) -> conditional_batch_norm(y, 0.001)',
  'z -> dense(4) -> conditional_batch_norm(w)',
  'conditional_batch_norm(z -> dense(4), y)',
  'conditional_batch_norm(z -> dense(4), y: w -> dense(2))',
  'z -> dense(4) -> blend(other: w -> dense(4), amount: 0.5)',
  'z -> dense(4) -> blend(w -> dense(4), 0.5)',
];

describe('tensors beside the one that flows in', () => {
  test.each(uses)('are given by place or by name: %s', (body) => {
    expect(said(body)).toEqual([]);
  });

  test.each(uses)('go to JSON and back, and keep with all defaults written: %s', (body) => {
    const tree = readSound(specOf(body));
    expect(bareTree(readSound(convert(tree), 'spec.gan.json'))).toEqual(bareTree(tree));
    const expanded = format(expand(check(new SourceFile('spec.gan', specOf(body))).resolved!), false);
    expect(mistakes(expanded)).toEqual([]);
  });

  test('one that is missing is named', () => {
    expect(said('z -> dense(4) -> conditional_batch_norm')).toEqual([
      expect.stringMatching(/^unknown-argument: .*conditional_batch_norm.*y/),
    ]);
  });

  test('one too many, and one that is no tensor, are refused', () => {
    expect(said('z -> dense(4) -> conditional_batch_norm(y, w)')).toEqual([
      expect.stringMatching(/^unknown-argument: .*2/),
    ]);
    expect(said('z -> dense(4) -> conditional_batch_norm(y: "red")')).toEqual([
      expect.stringMatching(/^argument-value: `y` of conditional_batch_norm takes a tensor/),
    ]);
    expect(said('z -> dense(4) -> conditional_batch_norm(y, foo: 1)')).toEqual([
      expect.stringMatching(/^unknown-argument: .*foo/),
    ]);
  });

  test('what takes no arguments is not shown as its bare name', () => {
    const { diagnostics } = check(new SourceFile('a.gan', specOf('concat(z, w, axis: 0) -> dense(4)')));
    expect(diagnostics[0]).toMatchObject({
      message: 'concat has no argument `axis`',
      notes: [],
      help: 'leave it out: layers go by the channels, which are the last axis, always',
    });
  });

  test.each(['0.5', 'p: 0.5', '0.5, color: 0', 'q', 'linear(from: 0, to: 1, over: 5)'])(
    'one that a number for the batch does for is given by place, too: %s',
    (given) => {
      const train = `train on photos {\n  batch: 4\n  steps: 9\n  q = cosine(from: 0, to: 1, over: 9)
  x = photos.image -> adaptive_augment(${given})
  update D {\n    loss: bce(D(x), 1)\n    optimizer: sgd(lr: 0.1)\n  }\n}\n`;
      const data = 'data photos from folder("x") {\n  image: [8, 8, 3]\n}\n';
      const judge = 'discriminator D(x: [8, 8, 3]) -> [1] {\n  x -> flatten -> dense(1)\n}\n';
      expect(mistakes(`gan 1\n\n${data}\n${judge}\n${train}`)).toEqual([]);
    },
  );

  test('a label where a vector is wanted is told to be embedded', () => {
    expect(said('z -> reshape(4, 2) -> adaptive_instance_norm(y) -> flatten -> dense(4)')).toEqual([
      expect.stringMatching(/^label-used-as-number/),
    ]);
  });
});
