import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { diagnosticDefinitions } from '../../compiler/diagnostics/codes/index.ts';

const folder = new URL('../../compiler/diagnostics/codes/', import.meta.url);

test('every file in codes/ is one line of all.ts, named after its code', () => {
  const files = readdirSync(folder).filter((file) => file !== 'all.ts' && file !== 'index.ts');
  expect(diagnosticDefinitions.map(({ code }) => `${code}.ts`).sort()).toEqual(files.sort());
});

test('the numbers of the table of mistakes are used once', () => {
  const numbers = diagnosticDefinitions.flatMap(({ number }) => (number === null ? [] : [number]));
  expect(new Set(numbers).size).toBe(numbers.length);
  const promised = [
    ...Array.from({ length: 26 }, (_, i) => i + 1),
    ...Array.from({ length: 11 }, (_, i) => i + 36),
    50,
  ];
  for (const number of promised) expect(numbers).toContain(number);
});

describe.each(diagnosticDefinitions.map((definition) => [definition.code, definition] as const))(
  '%s',
  (code, definition) => {
    test('has a title, a page that says what to do, and two examples', () => {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(definition.title).toMatch(/^[A-Z].*[^.]$/);
      expect(definition.explanation).toContain('**What to do.**');
      expect(definition.explanation.trim().length).toBeGreaterThan(150);
      expect(definition.bad).toMatch(/\S/);
      expect(definition.good).toMatch(/^gan 1$|^\{/m);
      expect(definition.good).not.toBe(definition.bad);
    });

    test('speaks plainly', () => {
      const text = readFileSync(new URL(`${code}.ts`, folder), 'utf8');
      expect(text).not.toMatch(/\binvalid\b|unexpected token/i);
      for (const line of definition.explanation.split('\n')) expect(line.length).toBeLessThanOrEqual(130);
    });
  },
);
