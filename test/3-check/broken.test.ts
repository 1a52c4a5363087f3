import { expect, test } from 'vitest';
import { exampleSpec } from '../../compiler/diagnostics/example-spec.ts';
import { findings } from './findings.ts';

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
