import { describe, expect, test } from 'vitest';
import { check } from '../../compiler/compile.ts';
import { exampleSpec, exampleTrain } from '../../compiler/diagnostics/example-spec.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { findings, judge, lossOfD, maker, modelOf } from './findings.ts';

/** One mistake, one finding: each of these specs has a single thing wrong. */
const MISTAKES: readonly (readonly [text: string, finding: string])[] = [
  // names
  [
    judge('x -> leakyrelu(0.2) -> flatten -> dense(1)'),
    'unknown-layer: there is no layer called `leakyrelu`',
  ],
  [judge('x -> Conv2D(8) -> flatten -> dense(1)'), 'unknown-layer: there is no layer called `Conv2D`'],
  [
    judge('h = x -> flatten\n  return g -> dense(1)').replace('h =', 'k ='),
    'unknown-name: there is no tensor called `g`',
  ],
  [judge('concat(x -> flatten, z) -> dense(1)'), 'unknown-name: there is no tensor called `z`'],
  [judge('faces.image -> flatten -> dense(1)'), 'unknown-name: there is no input of D called `faces.image`'],
  [
    judge('x -> flatten -> dense(1)', 'discriminator D(x: faces.imag) -> [1]'),
    'unknown-name: there is no field of faces called `imag`',
  ],
  [
    judge('x -> flatten -> dense(1)', 'discriminator D(x: face.image) -> [1]'),
    'unknown-name: there is no dataset called `face`',
  ],
  [lossOfD('bce(D(real), 1) + bcee(D(fake), 0)'), 'unknown-layer: there is no loss called `bcee`'],
  [
    exampleSpec({ declarations: 'loss gap(mean) = mean(mean)' }).replace('bce(D(fake), 1)', 'gap(D(fake))'),
    'unknown-layer: `mean` is a tensor of shape [1] here, and cannot be called',
  ],
  [lossOfD('hinge(D(real), D(fake))'), 'unknown-layer: there is no loss called `hinge`'],
  [
    lossOfD('bce(D(faces.img), 1) + bce(D(fake), 0)'),
    'unknown-name: there is no field of faces called `img`',
  ],
  [exampleSpec().replace('update D {', 'update DD {'), 'unknown-name: there is no network called `DD`'],
  [
    exampleSpec().replace('train on faces', 'train on face'),
    'unknown-name: there is no dataset called `face`',
  ],
  [exampleSpec({ sample: 'sample GG { every: 10 }' }), 'unknown-name: there is no network called `GG`'],
  [
    exampleSpec({ declarations: 'param a = a + 1' }),
    'argument-value: `a` of param takes a value that does not depend on a, but is given one that does',
  ],
  [exampleSpec({ declarations: 'param z = 1' }), 'duplicate-name: `z` is declared twice'],
  // arguments
  [maker('z -> dense() -> reshape(16, 16, 3) -> tanh'), 'unknown-argument: dense needs an argument `units`'],
  [
    maker('z -> dense(768, units: 3) -> reshape(16, 16, 3) -> tanh'),
    'unknown-argument: dense is given `units` twice',
  ],
  [
    maker('z -> dense(768, true, none, none, 1, 3) -> reshape(16, 16, 3) -> tanh'),
    'unknown-argument: dense takes 5 values in order, but is given 6',
  ],
  // PyTorch writes the number of channels first, which is known here
  [
    judge('x -> conv2d(8, kernel: 3) -> layer_norm(8) -> flatten -> dense(1)'),
    'argument-value: `epsilon` of layer_norm takes a number between 0 and 1, but is given 8',
  ],
  [
    judge('x -> conv2d(64, kernel: 3) -> self_attention(64) -> flatten -> dense(1)'),
    'argument-value: `keys` of self_attention takes a whole number between 1 and 32, but is given 64',
  ],
  [
    judge('x -> conv2d(8, kernal: 3) -> flatten -> dense(1)'),
    'unknown-argument: conv2d has no argument `kernal`',
  ],
  [
    judge('x -> conv2d(8, stride: "2") -> flatten -> dense(1)'),
    'argument-value: `stride` of conv2d takes a whole number of at least 1, but is given "2"',
  ],
  [
    judge('x -> conv2d(8, bias: 1) -> flatten -> dense(1)'),
    'argument-value: `bias` of conv2d takes true or false, but is given 1',
  ],
  [
    judge('x -> conv2d(0) -> flatten -> dense(1)'),
    'not-a-whole-number: filters of conv2d must be at least 1, but is 0',
  ],
  [
    judge('x -> conv2d(8, kernel: 1.5) -> flatten -> dense(1)'),
    'not-a-whole-number: kernel of conv2d must be a whole number, but is 1.5',
  ],
  [
    judge('x -> conv2d(8, init: relu) -> flatten -> dense(1)'),
    'argument-value: `init` of conv2d takes a distribution, such as normal(std: 0.02), but is given the layer relu',
  ],
  [
    judge('x -> relu(x) -> flatten -> dense(1)'),
    'unknown-argument: relu takes 1 value in order, but is given 2',
  ],
  [
    exampleSpec({ declarations: 'param root = sqrt(-2)' }).replace('dense(4*4 * 16)', 'dense(4*4 * root)'),
    'argument-value: `x` of sqrt takes a tensor, but is given -2',
  ],
  [lossOfD('mean(real -> D.score)'), 'unknown-name: there is no field of a tensor called `score`'],
  [
    lossOfD('mean(D(real)) + 0.1 * normal'),
    'argument-value: `loss` of update D takes one number, such as mean(D(fake)), but is given a calculation with the distribution normal',
  ],
  [lossOfD('bce(D(real)) + bce(D(fake), 0)'), 'unknown-argument: bce needs an argument `target`'],
  [
    lossOfD('bce(D(real), 1, 2) + bce(D(fake), 0)'),
    'unknown-argument: bce takes 2 values in order, but is given 3',
  ],
  [
    exampleSpec().replace('optimizer: adam(lr: 2e-4', 'optimizer: adam(learning_rate: 2e-4'),
    'unknown-argument: adam has no argument `learning_rate`',
  ],
  [exampleSpec().replace('steps: 10_000', 'epochs: 10'), 'unknown-argument: train has no option `epochs`'],
  [exampleSpec().replace('steps: 10_000', 'batch: 10'), 'unknown-argument: train is given `batch` twice'],
  [
    exampleSpec().replace('batch: 16', 'batch: 0'),
    'not-a-whole-number: batch of train must be at least 1, but is 0',
  ],
  [
    exampleSpec().replace('batch: 16', 'draw: shard'),
    'argument-value: `draw` of train takes "fresh" or "shared", but is given "shard"',
  ],
  [
    exampleSpec({ sample: 'sample G { grid: 4 }' }),
    'argument-value: `grid` of sample G takes rows and columns, such as [4, 4], but is given 4',
  ],
  [
    exampleSpec({ sample: 'sample G { rows: z }' }),
    'argument-value: `rows` of sample G takes an input that is one of several classes, a label or a categorical latent, and G has none, but is given `z`',
  ],
  [
    exampleSpec({
      generator: `generator G(z) -> (image: faces.image, small: [8, 8, 3]) {
  h = z -> dense(8*8 * 3) -> reshape(8, 8, 3) -> tanh
  return (image: h -> upsample(2), small: h)
}`,
    })
      .replace('fake = G(z)', 'fake = G(z).image')
      .replace('bce(D(fake), 1)', 'bce(D(G(z)), 1)'),
    'argument-value: `x` of D takes a tensor of shape [16, 16, 3], but is given the outputs of G, image and small',
  ],
  [
    exampleSpec({
      declarations: 'network Other(u: [5]) -> [16] {\n  u -> dense(16)\n}',
      sample: 'sample Other { every: 10 }',
    }),
    'argument-value: the network of sample Other takes one whose inputs are latents or data, or are made of them in train, but is given Other, whose `u` is neither',
  ],
  [exampleSpec({ latent: 'latent z: normal' }), 'unknown-argument: latent z needs an argument `size`'],
  // shapes
  [judge('x -> dense(1)'), 'rank-mismatch: dense takes a vector [n], but gets an image [16, 16, 3]'],
  [
    judge('x -> flatten -> dense(1)', 'discriminator D(x: [H, W, 3]) -> [1]'),
    'unsolved-size: nothing determines the size H of D',
  ],
  [
    lossOfD('bce(D(z), 1) + bce(D(fake), 0) + mean(D(real))'),
    'input-shape-mismatch: D takes [16, 16, 3] as x, but z is [8]',
  ],
  [
    judge('x -> conv2d(1, stride: [1, 2])', 'discriminator D(x: faces.image) -> [P, P, 1]'),
    'output-shape-mismatch: D makes [16, 8, 1], but its signature says [16, 16, 1]',
  ],
  [
    exampleSpec({ data: 'data faces from mnist() {\n  image: [16, 16, 3] in [-1, 1]\n  class: label(9)\n}' }),
    'label-count-mismatch: faces.class is label(9), but mnist has 10 classes',
  ],
  [
    exampleSpec({
      data: 'data faces from mnist() {\n  class: label(10)\n  image: [16, 16, 3] in [-1, 1]\n}',
    }),
    'argument-value: `class` of faces takes an image, but is given label(10)',
  ],
  // losses
  [
    lossOfD('D(fake)'),
    'loss-not-scalar: the loss of `update D` is one number per example, but must be one for the batch',
  ],
  [
    lossOfD('mean(D(fake) -> dense(1)) - mean(D(real))'),
    'weights-outside-network: dense has weights, and here they would belong to no network',
  ],
  [
    lossOfD('mean(D(_)) - mean(D(real)) + mean(D(fake))'),
    'argument-value: `_` of a penalty takes a place in its first argument, as in gradient_penalty(D(_, y), real, fake), but is given to something else',
  ],
  [
    lossOfD('bce(D(real), 1) + gradient_penalty(D(real), real, fake)'),
    'argument-value: `critic` of gradient_penalty takes a network with _ in the place of its input, such as D(_), but is given something without _',
  ],
  [
    lossOfD('bce(D(real), 1) + gradient_penalty(D(_), real)'),
    'unknown-argument: gradient_penalty needs an argument `fake`',
  ],
  [
    lossOfD('bce(D(real), 1) + bce(D(fake), 0) + mean(D(real, fake))'),
    'unknown-argument: D takes 1 value in order, but is given 2',
  ],
  // sizes that are rounded
  [
    judge('x -> conv2d(ceil(4/0)) -> flatten -> dense(1)'),
    'argument-value: `x` of ceil takes a number or a size, but is given Infinity',
  ],
  [
    judge('x -> conv2d(floor("a")) -> flatten -> dense(1)'),
    'argument-value: `x` of floor takes a number or a size, but is given "a"',
  ],
  [
    judge('x -> flatten -> dense(ceil(x))'),
    'argument-value: `x` of ceil takes a number or a size, but is given a tensor of shape [16, 16, 3]',
  ],
  [
    judge('x -> conv2d(ceil("a"/2)) -> flatten -> dense(1)'),
    'argument-value: a side of `/` takes a tensor or a number, but is given "a"',
  ],
  // penalties, and what is no tensor
  [
    lossOfD('gradient_penalty(D, real, fake, fake: real)'),
    'unknown-argument: gradient_penalty is given `fake` twice',
  ],
  [
    lossOfD('gradient_penalty(D, real, fake, 1, 2, 3)'),
    'unknown-argument: gradient_penalty takes 5 values in order, but is given 6',
  ],
  [lossOfD('mean(D)'), 'argument-value: `x` of mean takes a tensor, but is given the network D'],
  // what a step gives
  [judge('x -> flatten -> dense(1).score'), 'unknown-name: there is no field of a tensor called `score`'],
];

const shared = exampleSpec().replace('batch: 16', 'batch: 16\n  draw: shared');

describe('one mistake gives one finding', () => {
  test.each(MISTAKES.map(([text, finding]) => [finding, text]))('%s', (finding, text) => {
    expect(findings(text).filter((found) => !/^(unused|critic|wasserstein|never)/.test(found))).toEqual([
      finding,
    ]);
  });
});

describe('it says what to do', () => {
  const train = (from: string, to: string) => exampleSpec().replace(from, to);
  test.each([
    [train('fake = G(z)', 'fake = G(normal(8))'), 'declare latent NAME: normal(…), and write its name here'],
    [train('D(real)', 'D(G)'), 'call it: G(…)'],
    [judge('x -> concat(z) -> flatten -> dense(1)'), 'make it an input of D: D(…, z)'],
    [train('batch: 16', 'batch: 16\n  ema: 0.99'), 'write ema: in update, which has it'],
    [train('batch: 16', 'batch: 16\n  n_critic: 5'), 'write times: in update, which has it'],
    [train('batch: 16', 'batch: 16\n  lr: 1e-4'), 'write lr: in the optimizer, which has it'],
    [
      train('  fake = G(z)', '  for i in [1, 2] { fake = G(z) }'),
      'write for as a layer of a flow: x -> for …; names and updates are written one by one',
    ],
    [
      train('real = faces.image', 'real = faces.image[0]'),
      'take a part by a layer, such as pick_channels, pick_frames or crop; there are no indices',
    ],
    [train('latent z:', 'latent z ~'), 'write :'],
    [
      judge('x -> reshape(16, 48) -> dense(1) -> flatten'),
      'put flatten or global_avg_pool before it, or write per_frame { dense } for each place of it',
    ],
  ])('%#', (text, help) => {
    const { diagnostics } = check(new SourceFile('a.gan', text));
    expect(diagnostics.map((diagnostic) => diagnostic.help)).toContain(help);
  });
});

describe('updates', () => {
  test('one draw for all leaves nothing to repeat on', () => {
    expect(findings(shared.replace('update D {', 'update D {\n    times: 2'))).toEqual([
      'argument-value: `times` of update D takes 1, since `draw: shared` moves all networks at once, but is given 2',
    ]);
  });

  test('a network stands once in an update', () => {
    expect(findings(exampleSpec().replace('update D {', 'update D, D {'))).toEqual([
      'duplicate-name: `D` is declared twice',
    ]);
  });

  test('a second update of the same network has a name of its own', () => {
    const twice = exampleSpec().replace(/( {2}update D \{[^}]*\})/, '$1\n$1');
    expect(modelOf(twice).training!.updates.map(({ name }) => name)).toEqual(['D', 'D.2', 'G']);
  });
});

describe('what is right stays silent', () => {
  test.each([
    [
      'a word for a source',
      exampleSpec({
        data: 'data faces from cifar10(part: test) {\n  image: [32, 32, 3] in [-1, 1]\n}',
        generator: 'generator G(z) -> faces.image { z -> dense(32*32*3) -> reshape(32, 32, 3) -> tanh }',
      }),
    ],
    ['noise on real data', lossOfD('bce(D(real + normal(std: 0.1)), 1) + bce(D(fake), 0)')],
    [
      'a schedule in a loss',
      lossOfD('bce(D(real), 1) + linear(from: 1, to: 0, over: 100) * bce(D(fake), 0)'),
    ],
    ['flows in a loss', lossOfD('mean(real -> D -> relu) + mean(fake -> D -> softplus)')],
    ['a bare network as critic', lossOfD('bce(D(real), 1) + bce(D(fake), 0) + r1(D, real)')],
    [
      'an output of a network that is not called yet',
      exampleSpec({
        discriminator: `
discriminator D(x: faces.image) -> (score: [1], class: [3]) {
  h = x -> flatten
  return (score: h -> dense(1), class: h -> dense(3))
}`,
        train: exampleTrain({
          D: { loss: 'bce(fake -> D.score, 0) + bce(D.score(real), 1) + 5 * r1(D.score, real)' },
          G: { loss: 'bce(D(fake).score, 1) + mean(square(D(fake).class))' },
        }),
      }),
    ],
    [
      'functions of numbers as sizes and arguments',
      judge(
        'x -> conv2d(maximum(4, sqrt(64)), kernel: 4, stride: 2, init: normal(std: 1 / sqrt(2))) -> leaky_relu(exp(-2)) -> flatten -> dense(1)',
      ),
    ],
    ['shared draws', shared],
    [
      'words without quotes',
      maker(
        'z -> dense(192) -> reshape(8, 8, 3) -> relu -> upsample(2, mode: bilinear) -> conv2d(3, padding: same) -> tanh',
      ),
    ],
    [
      'an input of another name than its latent',
      exampleSpec({ latent: 'latent noise: normal(8)' })
        .replace('generator G(z)', 'generator G(z: noise)')
        .replace('fake = G(z)', 'fake = G(noise)'),
    ],
    [
      'a loss of one’s own',
      exampleSpec({ declarations: 'loss own(s, t = 1) = mean(square(s - t))' }).replace(
        'bce(D(fake), 1)',
        'own(D(fake))',
      ),
    ],
    [
      'a size that the output finds',
      judge(
        'x -> conv2d(8, kernel: 4, stride: 2) -> relu -> conv2d(1, kernel: 3)',
        'discriminator D(x: faces.image) -> [P, P, 1]',
      ),
    ],
    [
      'odd padding that is written',
      judge('x -> conv2d(8, kernel: 3, stride: 3, padding: "same") -> relu -> flatten -> dense(1)'),
    ],
  ])('%s', (_, text) => {
    expect(findings(text)).toEqual([]);
  });
});

test('an ending that is right already is not asked for again: what goes into it is wrong', () => {
  const text = maker('z -> dense(16*16 * 3) -> reshape(16, 16, 3) -> relu -> tanh');
  const [found] = check(new SourceFile('spec.gan', text)).diagnostics;
  expect(found).toMatchObject({ code: 'range-mismatch', fixes: [] });
  expect(found!.help).toBe(
    'leave out relu before tanh, so that it gives all of [-1, 1], or declare the data `in [0, 1]`',
  );
});

test('a vector that is embedded is used as it is', () => {
  const text = maker('z -> embed(8) -> dense(16*16 * 3) -> reshape(16, 16, 3) -> tanh');
  const { diagnostics } = check(new SourceFile('spec.gan', text));
  expect(diagnostics.map(({ code, help }) => [code, help])).toEqual([
    ['argument-value', 'leave embed out: a vector, such as a categorical latent, is used as it is'],
  ]);
});
