import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { libraryModule } from '../../compiler/generate/library-module.ts';
import { presets } from '../../compiler/losses/presets.ts';

const folder = new URL('../../specs/library/', import.meta.url);

test('the embedded library is what stands in specs/library (if not: node scripts/embed-library.js)', () => {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.gan'))
    .sort()
    .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));
  const embedded = readFileSync(new URL('../../compiler/losses/library.ts', import.meta.url), 'utf8');
  expect(embedded).toBe(libraryModule(files));
});

test('every loss says what it is', () => {
  expect(presets().length).toBeGreaterThan(10);
  for (const { loss } of presets())
    expect(loss.doc, loss.path.map(({ name }) => name).join('.')).toBeTruthy();
});
