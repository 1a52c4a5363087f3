import { expect, test } from 'vitest';
import { sources } from '../../compiler/sources/index.ts';
import { openers } from '../../runtime/data/sources/index.ts';

test('every source that a spec can name can be opened, and no other', () => {
  expect([...openers.keys()].sort()).toEqual(sources.map(({ name }) => name).sort());
});
