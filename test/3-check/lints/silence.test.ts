import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { check } from '../../../compiler/compile.ts';
import { exampleSpec, type SpecParts } from '../../../compiler/diagnostics/example-spec.ts';
import { renderDiagnostics } from '../../../compiler/diagnostics/render.ts';
import { SourceFile } from '../../../compiler/source/source-file.ts';

// Right specs of many kinds: a lint that speaks here would be switched off by those who know GANs best.

function findings(text: string): string {
  const { diagnostics, sources } = check(new SourceFile('a.gan', text));
  return renderDiagnostics(diagnostics, { sources });
}

const adam = 'optimizer: adam(lr: 2e-4, beta1: 0.5)';
const train = (judge: string, maker: string, more: { lets?: string; judgeOptions?: string } = {}) => `
train on faces {
  batch: 16
  steps: 10_000
  real = faces.image
  fake = G(z)
  ${more.lets ?? ''}
  update D {
    loss: ${judge}
    ${more.judgeOptions ?? adam}
  }
  update G {
    loss: ${maker}
    ${adam}
  }
}`;

const ending = (last: string) => `
discriminator D(x: faces.image) -> [1] {
  x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> flatten -> dense(1)${last}
}`;

const spectral = `
discriminator D(x: faces.image) -> [1] {
  x -> conv2d(8, kernel: 4, stride: 2, weights: spectral_norm) -> leaky_relu(0.2)
    -> flatten -> dense(1, weights: spectral_norm)
}`;

const labelled = `
data faces from folder("data/faces") {
  image: [16, 16, 3] in [-1, 1]
  class: label(10)
}`;

const conditional = `
generator G(z, y: faces.class) -> faces.image {
  concat(z, y -> embed(8)) -> dense(8*8 * 8) -> reshape(8, 8, 8) -> relu
    -> conv2d_transpose(3, kernel: 4, stride: 2) -> tanh
}`;

const specs: Readonly<Record<string, SpecParts>> = {
  'least squares': {
    train: train('least_squares(D(real), 1) + least_squares(D(fake), 0)', 'least_squares(D(fake), 1)'),
  },
  'least squares on a sigmoid': {
    discriminator: ending(' -> sigmoid'),
    train: train('least_squares(D(real), 1) + least_squares(D(fake), 0)', 'least_squares(D(fake), 1)'),
  },
  'the minimax loss of 2014, on probabilities': {
    discriminator: ending(' -> sigmoid'),
    train: train('-mean(log(D(real))) - mean(log(1 - D(fake)))', 'mean(log(1 - D(fake)))'),
  },
  'the minimax loss, on scores': {
    train: train('mean(softplus(-D(real))) + mean(softplus(D(fake)))', '-mean(softplus(D(fake)))'),
  },
  'smoothed labels': { train: train('bce(D(real), 0.9) + bce(D(fake), 0.1)', 'bce(D(fake), 1)') },
  'swapped labels, as Chintala advises': {
    train: train('bce(D(real), 0) + bce(D(fake), 1)', 'bce(D(fake), 0)'),
  },
  hinge: {
    discriminator: spectral,
    train: train('hinge.critic(D(real), D(fake))', 'hinge.generator(D(fake))'),
  },
  relativistic: {
    train: train('relativistic.critic(D(real), D(fake))', 'relativistic.generator(D(real), D(fake))'),
  },
  'relativistic average': {
    train: train(
      'relativistic_average.critic(D(real), D(fake))',
      'relativistic_average.generator(D(real), D(fake))',
    ),
  },
  'Wasserstein with spectral_norm and a faster critic': {
    discriminator: spectral,
    train: train('wasserstein.critic(D(real), D(fake))', 'wasserstein.generator(D(fake))', {
      judgeOptions: 'optimizer: adam(lr: 4e-4, beta1: 0)',
    }),
  },
  'Wasserstein, real and fake the other way round': {
    discriminator: spectral,
    train: train('mean(D(real)) - mean(D(fake))', 'mean(D(fake))', {
      judgeOptions: 'times: 5\n    optimizer: adam(lr: 1e-4, beta1: 0)',
    }),
  },
  'R1 with momentum and batch_norm nowhere': {
    train: train('bce(D(real), 1) + bce(D(fake), 0) + 5 * r1(D(_), real)', 'bce(D(fake), 1)'),
  },
  'instance noise': {
    train: train(
      'bce(D(real + normal(std: 0.1)), 1) + bce(D(fake + normal(std: 0.1)), 0)',
      'bce(D(fake), 1)',
    ),
  },
  'weighted terms': { train: train('0.5 * (bce(D(real), 1) + bce(D(fake), 0)) / 2', '2 * bce(D(fake), 1)') },
  'auxiliary classifier: D guesses the class instead of being told': {
    data: labelled,
    generator: conditional,
    discriminator: `
discriminator D(x: faces.image) -> (score: [1], features: [8]) {
  h = x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> flatten
  return (score: h -> dense(1), features: h -> dense(8))
}

network Class(y: faces.class) -> [8] {
  y -> embed(8)
}`,
    train: `
train on faces {
  batch: 16
  steps: 10_000
  y    = faces.class
  real = faces.image
  fake = G(z, y)
  update D, Class {
    loss: bce(D(real).score, 1) + bce(D(fake).score, 0) + bce(dot(D(real).features, Class(y)), 1)
    ${adam}
  }
  update G {
    loss: bce(D(fake).score, 1) + bce(dot(D(fake).features, Class(y)), 1)
    ${adam}
  }
}`,
  },
  'a random projection that is meant to stay': {
    declarations: `
network Random(x: faces.image) -> [8, 8, 4] {
  x -> conv2d(4, kernel: 4, stride: 2, lr: 0)
}`,
    discriminator: `
discriminator D(x: [8, 8, 4]) -> [1] {
  x -> flatten -> dense(1)
}`,
    train: train('bce(D(Random(real)), 1) + bce(D(Random(fake)), 0)', 'bce(D(Random(fake)), 1)'),
  },
  'wrong pairs on purpose, in the judge': {
    data: labelled,
    generator: conditional,
    discriminator: `
discriminator D(x: faces.image, y: faces.class) -> [1] {
  h = x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> flatten
  return (h -> dense(1)) + dot(h -> dense(8), y -> embed(8))
}`,
    train: `
train on faces {
  batch: 16
  steps: 10_000
  y    = faces.class
  fake = G(z, y)
  update D {
    loss: bce(D(faces.image, y), 1) + 0.5 * (bce(D(fake, y), 0) + bce(D(faces.image, shuffle(y)), 0))
    ${adam}
  }
  update G {
    loss: bce(D(fake, y), 1)
    ${adam}
  }
}`,
  },
  'two unpaired sets (CycleGAN)': {
    latent: '',
    data: `
data horses from folder("data/horses") {
  image: [16, 16, 3] in [-1, 1]
}

data zebras from folder("data/zebras") {
  image: [16, 16, 3] in [-1, 1]
}`,
    generator: `
generator ToZebra(x: horses.image) -> zebras.image {
  x -> conv2d(8, kernel: 3) -> relu -> conv2d(3, kernel: 3) -> tanh
}

generator ToHorse(x: zebras.image) -> horses.image {
  x -> conv2d(8, kernel: 3) -> relu -> conv2d(3, kernel: 3) -> tanh
}`,
    discriminator: `
discriminator IsZebra(x: zebras.image) -> [8, 8, 1] {
  x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> conv2d(1, kernel: 3)
}

discriminator IsHorse(x: horses.image) -> [8, 8, 1] {
  x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> conv2d(1, kernel: 3)
}`,
    train: `
train on horses, zebras {
  batch: 4
  steps: 10_000
  horse = horses.image
  zebra = zebras.image
  as_zebra = ToZebra(horse)
  as_horse = ToHorse(zebra)
  update IsZebra {
    loss: least_squares(IsZebra(zebra), 1) + least_squares(IsZebra(as_zebra), 0)
    ${adam}
  }
  update IsHorse {
    loss: least_squares(IsHorse(horse), 1) + least_squares(IsHorse(as_horse), 0)
    ${adam}
  }
  update ToZebra, ToHorse {
    loss: least_squares(IsZebra(as_zebra), 1) + least_squares(IsHorse(as_horse), 1)
          + 10 * (l1(ToHorse(as_zebra), horse) + l1(ToZebra(as_horse), zebra))
          + 5 * (l1(ToZebra(zebra), zebra) + l1(ToHorse(horse), horse))
    ${adam}
  }
}`,
  },
  'a classifier beside the judge (CVAE-GAN)': {
    data: labelled,
    generator: conditional,
    declarations: `
network C(x: faces.image) -> [10] {
  x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> flatten -> dense(10)
}`,
    train: `
train on faces {
  batch: 16
  steps: 10_000
  y    = faces.class
  real = faces.image
  fake = G(z, y)
  update C {
    loss: cross_entropy(C(real), y)
    ${adam}
  }
  update D {
    loss: bce(D(real), 1) + bce(D(fake), 0)
    ${adam}
  }
  update G {
    loss: bce(D(fake), 1) + l2(C(real), C(fake))
    ${adam}
  }
}`,
  },
  'one code for one picture (SinGAN)': {
    train: train('bce(D(real), 1) + bce(D(fake), 0)', 'bce(D(fake), 1) + 10 * l2(G(0 * z), real)'),
  },
  'codes that are judged instead of pictures (WAE-GAN)': {
    declarations: `
network E(x: faces.image) -> [8] {
  x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> flatten -> dense(8)
}`,
    discriminator: `
discriminator D(code: z) -> [1] {
  code -> dense(32) -> leaky_relu(0.2) -> dense(1)
}`,
    train: `
train on faces {
  batch: 16
  steps: 10_000
  code = E(faces.image)
  update D {
    loss: bce(D(z), 1) + bce(D(code), 0)
    ${adam}
  }
  update E, G {
    loss: l2(faces.image, G(code)) + 10 * bce(D(code), 1)
    ${adam}
  }
}`,
  },
  'an autoencoder as the judge (BEGAN without its balance)': {
    discriminator: `
discriminator D(x: faces.image) -> faces.image {
  x -> conv2d(8, kernel: 4, stride: 2) -> relu -> conv2d_transpose(3, kernel: 4, stride: 2) -> tanh
}`,
    train: train('l1(D(real), real) - 0.5 * l1(D(fake), fake)', 'l1(D(fake), fake)'),
  },
  'an encoder that is trained with the generator': {
    latent: '',
    generator: `
network Encode(x: faces.image) -> [16] {
  x -> conv2d(8, kernel: 4, stride: 2) -> relu -> flatten -> dense(16)
}

generator G(code: [16]) -> faces.image {
  code -> dense(8*8 * 8) -> reshape(8, 8, 8) -> relu -> conv2d_transpose(3, kernel: 4, stride: 2) -> tanh
}`,
    train: `
train on faces {
  batch: 16
  steps: 10_000
  real = faces.image
  fake = G(Encode(real))
  update D {
    loss: bce(D(real), 1) + bce(D(fake), 0)
    ${adam}
  }
  update G, Encode {
    loss: bce(D(fake), 1) + 10 * l2(fake, real)
    ${adam}
  }
}`,
  },
  'everything drawn once': {
    train: train('bce(D(real), 1) + bce(D(fake), 0)', 'bce(D(fake), 1)').replace(
      'batch: 16',
      'batch: 16\n  draw: shared',
    ),
  },
};

describe('right specs', () => {
  test.each(Object.entries(specs))('%s', (_, parts) => {
    expect(findings(exampleSpec(parts))).toBe('');
  });

  test.each(['dcgan', 'pix2pix'])('specs/%s.gan', (name) => {
    expect(findings(readFileSync(new URL(`../../../specs/${name}.gan`, import.meta.url), 'utf8'))).toBe('');
  });

  test.each(['video', 'wgan_gp_resnet'])(
    'specs/%s.gan has a bias that its batch_norm cancels, nothing else',
    (name) => {
      const text = readFileSync(new URL(`../../../specs/${name}.gan`, import.meta.url), 'utf8');
      const { diagnostics } = check(new SourceFile('a.gan', text));
      expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
        ['bias-before-norm', 'info'],
      ]);
    },
  );
});
