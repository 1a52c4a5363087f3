import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { columns, conformancePage, layerRows, lossRows, penaltyRows } from './conformance.ts';

const ROOT = new URL('../../', import.meta.url);

test('specs/conformance.md is what its definitions make of it (else: npm run generate)', () => {
  expect(readFileSync(new URL('specs/conformance.md', ROOT), 'utf8')).toBe(conformancePage());
});

describe('nothing is left out', () => {
  test('every loss and every penalty is part of a step', () => {
    const missing = [...lossRows(), ...penaltyRows()].filter(({ cells }) => cells.includes(0));
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  test('every layer is tested in every way', () => {
    expect(layerRows().filter(({ cells }) => cells[0] === 0)).toEqual([]);
    const partial = layerRows().filter(({ cells }) => cells.some((count) => count !== cells[0]));
    // Functions are not written as layers of a network.
    const spec = columns.findIndex(({ name }) => name === 'spec');
    const apart = partial.filter(({ cells }) => cells.some((count, at) => at !== spec && count !== cells[0]));
    expect(apart.map(({ name }) => name)).toEqual(['stop_gradient']);
  });

  test.each(columns)('$name: $test reads the list of all examples', ({ test: file }) => {
    expect(existsSync(new URL(file, ROOT))).toBe(true);
    expect(readFileSync(new URL(file, ROOT), 'utf8')).toMatch(/\b(all|layer)Examples\.map\(/);
  });
});
