import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { diagnosticDefinitions } from '../../compiler/diagnostics/codes/index.ts';
import { MISTAKES } from './table-of-mistakes.ts';

const folder = new URL('../../compiler/diagnostics/codes/', import.meta.url);

test('every file in codes/ is one line of all.ts, named after its code', () => {
  const files = readdirSync(folder).filter((file) => file !== 'all.ts' && file !== 'index.ts');
  expect(diagnosticDefinitions.map(({ code }) => `${code}.ts`).sort()).toEqual(files.sort());
});

test('the numbers of the table of mistakes are used once', () => {
  const numbers = diagnosticDefinitions.flatMap(({ number }) => (number === null ? [] : [number]));
  expect(new Set(numbers).size).toBe(numbers.length);
});

test('every promised mistake is there, under its number and as bad as promised', () => {
  expect(MISTAKES).toHaveLength(58);
  const numbered = diagnosticDefinitions.filter(({ number }) => number !== null);
  expect(numbered.map(({ number, code, severity }) => [number, code, severity])).toEqual(
    MISTAKES.map(([code, severity], index) => [index + 1, code, severity]),
  );
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
