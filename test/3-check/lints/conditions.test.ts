import { expect, test } from 'vitest';
import { check } from '../../../compiler/compile.ts';
import { exampleSpec } from '../../../compiler/diagnostics/example-spec.ts';
import { SourceFile } from '../../../compiler/source/source-file.ts';

interface Conditions {
  readonly generator?: 'told' | 'untold';
  readonly judge?: 'told' | 'untold';
  readonly fakeFor?: string;
  readonly judgedFor?: string;
}

/** A class-conditional GAN in which the label goes where the conditions say. */
function messages({
  generator = 'told',
  judge = 'told',
  fakeFor = 'y',
  judgedFor = 'y',
}: Conditions): string[] {
  const isTold = judge === 'told';
  const given = (label: string) => (isTold ? `, ${label}` : '');
  const text = exampleSpec({
    data: `
data faces from folder("data/faces") {
  image: [16, 16, 3] in [-1, 1]
  class: label(10)
  mood:  label(10)
}`,
    generator: `
generator G(z${generator === 'told' ? ', y: faces.class' : ''}) -> faces.image {
  ${generator === 'told' ? 'concat(z, y -> embed(8))' : 'z'} -> dense(16*16 * 3) -> reshape(16, 16, 3) -> tanh
}`,
    discriminator: `
discriminator D(x: faces.image${isTold ? ', y: faces.class' : ''}) -> [1] {
  x -> flatten -> dense(8) -> leaky_relu(0.2)${isTold ? ' -> concat(y -> embed(8))' : ''} -> dense(1)
}`,
    train: `
train on faces {
  batch: 16
  steps: 10_000
  y    = faces.class
  fake = G(z${generator === 'told' ? `, ${fakeFor}` : ''})
  update D {
    loss: bce(D(faces.image${given('y')}), 1) + bce(D(fake${given('y')}), 0)
    optimizer: adam(lr: 2e-4)
  }
  update G {
    loss: bce(D(fake${given(judgedFor)}), 1)
    optimizer: adam(lr: 2e-4)
  }
}`,
  });
  return found(text);
}

function found(text: string): string[] {
  return check(new SourceFile('a.gan', text)).diagnostics.map(({ code, message }) => `${code}: ${message}`);
}

test('both are told the same', () => {
  expect(messages({})).toEqual([]);
  expect(messages({ judgedFor: 'faces.class' })).toEqual([]);
});

test('only one of them is told', () => {
  expect(messages({ judge: 'untold' })).toEqual(['condition-missing: G is told y, but D never is']);
  expect(messages({ generator: 'untold' })).toEqual(['condition-missing: D is told y, but G never is']);
});

test('made for one label, judged with another', () => {
  const different = 'condition-mismatch: D judges the fake with different labels than G used';
  expect(messages({ judgedFor: 'shuffle(y)' })).toEqual([different]);
  expect(messages({ judgedFor: 'faces.mood' })).toEqual([different]);
  expect(messages({ fakeFor: 'shuffle(y)' })).toEqual([different]);
});

test('a maker knows the class that a mapping before it is told: StyleGAN2', () => {
  const told = exampleSpec({
    data: 'data faces from folder("data/faces") {\n  image: [16, 16, 3] in [-1, 1]\n  class: label(10)\n}',
    generator: `
network Mapping(z, y: faces.class) -> [8] {
  concat(z, y -> embed(8)) -> dense(8) -> relu
}

generator G(w: [8]) -> faces.image {
  w -> dense(16*16 * 3) -> reshape(16, 16, 3) -> tanh
}`,
    discriminator: `
discriminator D(x: faces.image, y: faces.class) -> [1] {
  x -> flatten -> dense(8) -> leaky_relu(0.2) -> concat(y -> embed(8)) -> dense(1)
}`,
    train: `
train on faces {
  batch: 16
  steps: 10_000
  y    = faces.class
  fake = G(Mapping(z, y))
  update D {
    loss: bce(D(faces.image, y), 1) + bce(D(fake, y), 0)
    optimizer: adam(lr: 2e-4)
  }
  update Mapping, G {
    loss: bce(D(fake, y), 1)
    optimizer: adam(lr: 2e-4)
  }
}`,
  });
  expect(found(told)).toEqual([]);
  const untold = told
    .replace('Mapping(z, y: faces.class)', 'Mapping(z)')
    .replace('concat(z, y -> embed(8))', 'z')
    .replace('Mapping(z, y)', 'Mapping(z)');
  expect(found(untold)).toContain('condition-missing: D is told y, but G never is');
});

/** Pictures out of sketches, where an encoder looks at the photo: BicycleGAN. */
const pairs = (judged: string) =>
  exampleSpec({
    data: `
data pairs from paired("data/a", "data/b") {
  sketch: [16, 16, 3] in [-1, 1]
  photo:  [16, 16, 3] in [-1, 1]
}`,
    generator: `
generator G(sketch: pairs.sketch, code: [8]) -> pairs.photo {
  concat(sketch -> flatten, code) -> dense(16*16 * 3) -> reshape(16, 16, 3) -> tanh
}

network E(photo: pairs.photo) -> [8] {
  photo -> flatten -> dense(8)
}`,
    discriminator: `
discriminator D(sketch: pairs.sketch, photo: pairs.photo) -> [1] {
  concat(sketch, photo) -> flatten -> dense(8) -> leaky_relu(0.2) -> dense(1)
}`,
    train: `
train on pairs {
  batch: 16
  steps: 10_000
  sketch = pairs.sketch
  photo  = pairs.photo
  fake   = G(sketch, E(photo) + z)
  update D {
    loss: bce(D(sketch, photo), 1) + bce(D(sketch, fake), 0)
    optimizer: adam(lr: 2e-4)
  }
  update G, E {
    loss: bce(D(${judged}, fake), 1)
    optimizer: adam(lr: 2e-4)
  }
}`,
  });

test('an encoder may be given another picture than the judge, which the fake knows', () => {
  expect(found(pairs('sketch'))).toEqual([]);
});

test('a judge may guess the class of pictures, and the maker be told a shuffled one: StarGAN', () => {
  const text = exampleSpec({
    data: 'data faces from folder("data/faces") {\n  image: [16, 16, 3] in [-1, 1]\n  class: label(10)\n}',
    generator: `
generator G(x: faces.image, y: faces.class) -> faces.image {
  concat(x -> flatten, y -> embed(8)) -> dense(16*16 * 3) -> reshape(16, 16, 3) -> tanh
}`,
    discriminator: `
discriminator D(x: faces.image) -> (score: [1], class: [10]) {
  h = x -> flatten -> dense(8) -> leaky_relu(0.2)
  return (score: h -> dense(1), class: h -> dense(10))
}`,
    train: `
train on faces {
  batch: 16
  steps: 10_000
  y    = faces.class
  to   = shuffle(y)
  real = faces.image
  fake = G(real, to)
  update D {
    loss: bce(D(real).score, 1) + bce(D(fake).score, 0) + acgan(D(real).class, y)
    optimizer: adam(lr: 2e-4)
  }
  update G {
    loss: bce(D(fake).score, 1) + acgan(D(fake).class, to) + 10 * cycle(real, G(fake, y))
    optimizer: adam(lr: 2e-4)
  }
}`,
  }).replace('latent z: normal(8)', '');
  expect(found(text)).toEqual([]);
  // A judge that does not learn to guess it.
  expect(found(text.replace(' + acgan(D(real).class, y)', ''))).toEqual([
    'condition-missing: G is told to, but D never is',
  ]);
});
