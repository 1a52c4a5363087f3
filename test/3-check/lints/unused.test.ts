import { describe, expect, test } from 'vitest';
import { check } from '../../../compiler/compile.ts';
import { exampleSpec, type SpecParts } from '../../../compiler/diagnostics/example-spec.ts';
import { SourceFile } from '../../../compiler/source/source-file.ts';

function messages(parts: SpecParts, edit: (text: string) => string = (text) => text): string[] {
  return check(new SourceFile('a.gan', edit(exampleSpec(parts)))).diagnostics.map(({ message }) => message);
}

describe('what is used', () => {
  test.each([
    ['param size = 16', '[16, 16, 3]', '[size, size, 3]'],
    ['param low = -1', 'in [-1, 1]', 'in [low, 1]'],
    ['param count = 16', 'batch: 16', 'batch: count'],
    ['param rate = linear(from: 1e-4, to: 0, over: 10_000)', 'lr: 2e-4', 'lr: rate'],
    ['param half = 8\nparam whole = 2 * half', 'batch: 16', 'batch: whole'],
    ['loss mine(x) = mean(softplus(-x))', 'bce(D(fake), 1)', 'mine(D(fake))'],
    ['loss mine.own(x) = mean(softplus(-x))', 'bce(D(fake), 1)', 'mine.own(D(fake))'],
    ['module Act(x: [H, W, C]) -> [H, W, C] { x -> relu }', '16) -> relu', '16) -> Act'],
    [
      'module At(map: [S, S, C], small: [H, H, D]) -> [H, H, C] { map -> max_pool(1, stride: S/H) }',
      '16) -> relu',
      '16) -> relu -> At(z -> dense(16) -> reshape(2, 2, 4)) -> upsample(2)',
    ],
    [
      'module Act(x: [H, W, C], act: layer = relu) -> [H, W, C] { x -> act }',
      '16) -> relu',
      '16) -> Act(act: leaky_relu(0.2))',
    ],
  ])('%s', (declarations, from, to) => {
    const find = (text: string) => {
      expect(text).toContain(from);
      return text.replace(from, to);
    };
    expect(messages({ declarations }, find)).toEqual([]);
  });

  test('an input that is named like a latent, a label for the rows of a sample', () => {
    expect(
      messages({
        data: 'data faces from folder("data/faces") {\n  image: [16, 16, 3] in [-1, 1]\n  class: label(10)\n}',
        generator: `
generator G(z, y: faces.class) -> faces.image {
  concat(z, y -> embed(8)) -> dense(16*16*3) -> reshape(16, 16, 3) -> tanh
}`,
        discriminator: `
discriminator D(x: faces.image, y: faces.class) -> [1] {
  x -> flatten -> dense(8) -> leaky_relu(0.2) -> concat(y -> embed(8)) -> dense(1)
}`,
        train: `
train on faces {
  batch: 16
  steps: 100
  y    = faces.class
  fake = G(z, y)
  update D { loss: bce(D(faces.image, y), 1) + bce(D(fake, y), 0)  optimizer: adam(lr: 1e-4) }
  update G { loss: bce(D(fake, y), 1)  optimizer: adam(lr: 1e-4) }
}`,
        sample: 'sample G {\n  grid: [10, 10]\n  rows: y\n}',
      }),
    ).toEqual([]);
  });

  test('everything, in a file without training: it is a library', () => {
    const text = 'gan 1\n\nparam ch = 8\n\nmodule Act(x: [H, W, C]) -> [H, W, C] { x -> relu }\n';
    expect(check(new SourceFile('a.gan', text)).diagnostics).toEqual([]);
  });
});

describe('what is not', () => {
  test.each([
    ['param size = 16', 'param size is never used'],
    ['latent w: normal(4)', 'latent w is never used'],
    ['loss mine(x) = mean(x)', 'loss mine is never used'],
    ['module Act(x: [H, W, C]) -> [H, W, C] { x -> relu }', 'module Act is never used'],
    ['network N(x: faces.image) -> [4] { x -> flatten -> dense(4) }', 'network N is never used'],
    ['data more from mnist() { image: [28, 28, 1] in [-1, 1] }', 'data more is never used'],
  ])('%s', (declarations, message) => {
    expect(messages({ declarations })).toEqual([message]);
  });

  test('an input that a module, network or loss does not look at', () => {
    const use = (text: string) => text.replace('16) -> relu', '16) -> Act(3)');
    expect(
      messages({ declarations: 'module Act(x: [H, W, C], n: int) -> [H, W, C] { x -> relu }' }, use),
    ).toEqual(['Act never uses its input `n`']);
    const call = (text: string) => text.replace('bce(D(fake), 1)', 'mine(D(fake), 1)');
    expect(messages({ declarations: 'loss mine(x, target) = mean(softplus(-x))' }, call)).toEqual([
      'mine never uses its input `target`',
    ]);
  });

  test('only the last of a chain that leads nowhere: the others are used by it', () => {
    const discriminator = `
discriminator D(x: faces.image) -> [1] {
  a = x -> conv2d(8, kernel: 4, stride: 2) -> relu
  b = a -> conv2d(8, kernel: 4, stride: 2) -> relu
  return x -> flatten -> dense(1)
}`;
    expect(messages({ discriminator })).toEqual(['`b` is never used in D']);
  });

  test('a tensor that training names and no loss wants', () => {
    const add = (text: string) => text.replace('  fake = G(z)', '  fake = G(z)\n  extra = mean(D(fake))');
    expect(messages({}, add)).toEqual(['`extra` is never used in train']);
  });
});
