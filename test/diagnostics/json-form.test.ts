import { expect, test } from 'vitest';
import { check } from '../../compiler/compile.ts';
import { applyFixes } from '../../compiler/diagnostics/apply-fixes.ts';
import { diagnosticDefinitions } from '../../compiler/diagnostics/codes/index.ts';
import { exampleModels } from '../../compiler/diagnostics/example-model.ts';
import { withFixesForJson } from '../../compiler/diagnostics/fixes-in-json.ts';
import { toJson } from '../../compiler/print/json.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { foundIn } from './found-in.ts';

/** Mistakes that only a text can have: the JSON form is made from what could be read of it. */
const TEXT_ONLY = new Set(['syntax', 'missing-version', 'unsupported-version', 'too-large', 'unused-ignore']);

const cases = diagnosticDefinitions
  .filter(({ code, bad, scene }) => {
    // What shows only when something is done with the spec does so whatever its form.
    return !TEXT_ONLY.has(code) && !bad.startsWith('{') && (!scene || 'machine' in scene);
  })
  .map(({ code, bad, scene }) => {
    const json = toJson(check(new SourceFile('bad.gan', bad)).file);
    const { source, diagnostics } = foundIn('bad.gan', json, scene);
    return { code, source, diagnostics };
  });

test.each(cases)(
  '$code is found in the JSON form as well, at a place inside it',
  ({ code, source, diagnostics }) => {
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
    const { span } = diagnostics[0]!;
    expect(span.file).toBe('bad.gan.json');
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeLessThanOrEqual(source.text.length);
  },
);

const fixable = cases.filter(({ diagnostics }) => (diagnostics[0]?.fixes.length ?? 0) > 0);

test('names can be mended in JSON', () => {
  const codes = fixable.map(({ code }) => code);
  expect(codes).toEqual(expect.arrayContaining(['unknown-name', 'unknown-layer', 'unknown-argument']));
});

test.each(fixable)('a fix of $code leaves JSON without the finding', ({ code, source, diagnostics }) => {
  const { text, applied } = applyFixes(source, diagnostics);
  expect(applied).toHaveLength(1);
  expect(() => JSON.parse(text)).not.toThrow();
  const after = check(new SourceFile('bad.gan.json', text), { findModel: exampleModels }).diagnostics;
  expect(after.map((diagnostic) => diagnostic.code)).not.toContain(code);
});

test('a change inside a string is escaped, one of a whole string quoted, one of the structure left out', () => {
  const source = new SourceFile('a.gan.json', '{"a": "b \\" c", "d": 1}');
  const fixesFor = (start: number, end: number) =>
    withFixesForJson(source, [
      {
        code: 'c',
        severity: 'error',
        message: '',
        span: { file: 'a.gan.json', start, end },
        label: '',
        related: [],
        notes: [],
        help: null,
        fixes: [
          { title: 't', safe: true, edits: [{ span: { file: 'a.gan.json', start, end }, text: 'x"y' }] },
        ],
      },
    ])[0]!.fixes.map(({ edits }) => edits[0]!.text);
  expect(fixesFor(7, 8)).toEqual(['x\\"y']);
  expect(fixesFor(13, 13)).toEqual(['x\\"y']);
  expect(fixesFor(6, 14)).toEqual(['"x\\"y"']);
  expect(fixesFor(6, 8)).toEqual([]);
  expect(fixesFor(21, 22)).toEqual([]);
  expect(fixesFor(14, 14)).toEqual([]);
});
