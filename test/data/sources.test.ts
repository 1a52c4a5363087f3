import { expect, test } from 'vitest';
import { check } from '../../compiler/compile.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { sources } from '../../compiler/sources/index.ts';
import { openers } from '../../runtime/data/sources/index.ts';

test('every source that a spec can name can be opened, and no other', () => {
  expect([...openers.keys()].sort()).toEqual(sources.map(({ name }) => name).sort());
});

test.each(sources.map((source) => [source.name, source] as const))('%s: its example checks', (_, source) => {
  const [, example] = /```\w*\n([^`]*)```/.exec(source.documentation)!;
  const { diagnostics } = check(new SourceFile('example.gan', `gan 1\n\n${example}`));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('a dataset may have the name of its source', () => {
  const spec = `gan 1
data mnist from mnist(part: "test") { image: [28, 28, 1] in [-1, 1] }
latent z: normal(4)
generator G(z) -> mnist.image { z -> dense(784) -> reshape(28, 28, 1) -> tanh }
discriminator D(x: mnist.image) -> [1] { x -> flatten -> dense(1) }
train on mnist {
  batch: 8
  steps: 1
  update D { loss: bce(D(mnist.image), 1) + bce(D(G(z)), 0)  optimizer: adam(lr: 2e-4) }
  update G { loss: bce(D(G(z)), 1)  optimizer: adam(lr: 2e-4) }
}
`;
  const { model, diagnostics } = check(new SourceFile('spec.gan', spec));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(model!.datasets.map(({ name, source }) => [name, source.name])).toEqual([['mnist', 'mnist']]);
  expect(model!.datasets[0]!.args.string('part')).toBe('test');
});
