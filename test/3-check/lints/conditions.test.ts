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
