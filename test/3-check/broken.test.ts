import { expect, test } from 'vitest';
import { check } from '../../compiler/compile.ts';
import { exampleSpec } from '../../compiler/diagnostics/example-spec.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { findings, maker } from './findings.ts';

test.each([
  ['a latent', 'latent z: normal(8)', 'latent z: normal(8'],
  ['a data set', 'folder("data/faces")', 'folder("data/faces"'],
  ['a generator', 'reshape(4, 4, 16) -> relu', 'reshape(4, 4, 16) relu'],
  ['a discriminator', '-> flatten -> dense(1)', '-> flatten dense(1)'],
])('%s that cannot be read is one mistake, however often it is used', (_, right, wrong) => {
  const found = findings(exampleSpec().replace(right, wrong));
  expect(found.filter((each) => !each.startsWith('syntax: '))).toEqual([]);
  expect(found).toHaveLength(1);
});

test('a network without a type for its input is told both ways to give one', () => {
  expect(findings(exampleSpec().replace('D(x: faces.image)', 'D(x)'))).toContain(
    'unknown-name: there is no latent called `x`',
  );
});

test('a type that is none is named in words', () => {
  expect(findings(exampleSpec().replace('-> [1]', '-> 1'))).toContain(
    'argument-value: the type of D takes a shape such as [64, 64, 3], label(10), or a field such as faces.image, but is given 1',
  );
});

test('a module with a mistake that training uses itself is one mistake', () => {
  const text = exampleSpec({ declarations: 'module Half(x: [H, W, C]) -> [H, W, C] {\n  x -> reluu\n}' });
  const used = text.replace('fake = G(z)', 'fake = G(z) -> Half');
  expect(used).not.toBe(text);
  expect(findings(used)).toEqual(['unknown-layer: there is no layer called `reluu`']);
});

test('a size in small letters is told to be written in capitals', () => {
  const helps = (signature: string) => {
    const declarations = `module M(${signature}) -> [H, W, C] {\n  x\n}`;
    const text = maker('z -> dense(768) -> reshape(16, 16, 3) -> tanh -> M', { declarations });
    return check(new SourceFile('spec.gan', text))
      .diagnostics.filter(({ code }) => code === 'unknown-name')
      .map(({ help, fixes }) => [help, fixes.length]);
  };
  expect(helps('x: [H, W, C], y: [n]')).toEqual([
    ['write `N`: a size that is to be found has a capital name', 0],
  ]);
  expect(helps('x: [H, W, C], y: [h, 3]')).toEqual([
    ['write `H` for the same size, or another capital name, such as `H2`, for one that is to be found', 0],
  ]);
});
