import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.ts';
import { renderDiagnostic, renderDiagnostics, summaryText } from '../../compiler/diagnostics/render.ts';
import { diagnosticAsJson } from '../../compiler/diagnostics/render-json.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';

/** A finding whose places are given by the text that they cover. */
function finding(
  source: SourceFile,
  at: string,
  also: Readonly<Record<string, string>>,
  rest: Partial<Diagnostic> = {},
) {
  const span = (text: string) => {
    const start = source.text.indexOf(text);
    expect(start).toBeGreaterThanOrEqual(0);
    return { file: source.name, start, end: start + text.length };
  };
  const diagnostic: Diagnostic = {
    code: 'some-code',
    severity: 'error',
    message: 'something is wrong',
    span: span(at),
    label: 'here',
    related: Object.entries(also).map(([text, label]) => ({ span: span(text), text: label })),
    notes: [],
    help: null,
    fixes: [],
    ...rest,
  };
  return { diagnostic, sources: (file: string) => (file === source.name ? source : undefined) };
}

function render(...[source, at, also, rest]: Parameters<typeof finding>): string {
  const { diagnostic, sources } = finding(source, at, also, rest);
  return renderDiagnostic(diagnostic, { sources });
}

describe('text', () => {
  const source = new SourceFile('a.gan', 'one two three\nfour five\n\n\nsix seven\n');

  test('labels of one line stand below each other, from left to right', () => {
    expect(render(source, 'three', { one: 'first' })).toBe(
      [
        'error[some-code]: something is wrong',
        '  ┌─ a.gan:1:9',
        '1 │ one two three',
        '  │ --- first',
        '  │         ^^^^^ here',
      ].join('\n'),
    );
  });

  test('lines left out are a dot, neighbours are not', () => {
    expect(render(source, 'four', { one: 'first', seven: 'last' }).split('\n')).toEqual([
      'error[some-code]: something is wrong',
      '  ┌─ a.gan:2:1',
      '1 │ one two three',
      '  │ --- first',
      '2 │ four five',
      '  │ ^^^^ here',
      '  ·',
      '5 │ six seven',
      '  │     ----- last',
    ]);
  });

  test('help ends where notes begin, and the mark of a fix stands in one column', () => {
    const fix = { title: 'Do it', edits: [], safe: true };
    const lines = render(source, 'two', {}, { notes: ['Why.'], help: 'do it', fixes: [fix] }).split('\n');
    expect(lines.slice(-2)).toEqual(['  = Why.', `help: do it${' '.repeat(79)}(fix available)`]);
    expect(
      render(source, 'two', {}, { notes: ['Why.'], fixes: [fix] })
        .split('\n')
        .at(-1),
    ).toBe(`  = Why.${' '.repeat(82)}(fix available)`);
    expect(render(source, 'two', {}, { fixes: [fix] })).toMatch(/help: do it +\(fix available\)$/);
    const long = render(source, 'two', {}, { help: 'x'.repeat(100), fixes: [fix] });
    expect(long).toContain(`${'x'.repeat(100)}  (fix available)`);
  });

  test('tabs, wide letters and accents keep marks below what they mark', () => {
    const wide = new SourceFile('w.gan', '\tx -> 日本 -> bad // e\u0301 ok\n');
    const lines = render(wide, 'bad', { ok: 'fine' }).split('\n');
    expect(lines[2]).toBe('1 │     x -> 日本 -> bad // e\u0301 ok');
    // Four columns for the tab, two for each wide letter, none for the accent.
    expect(lines[3]).toBe(`  │ ${' '.repeat(17)}^^^ here`);
    expect(lines[4]).toBe(`  │ ${' '.repeat(26)}-- fine`);
  });

  test('control characters and changes of direction are never printed', () => {
    const hostile = new SourceFile('h.gan', 'x -> "\u001b[31m\u202e" bad\n');
    const text = render(hostile, 'bad', {}, { message: 'a\u001b[2Jb', notes: ['\u0007'], help: 'c\rd' });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });

  test('a long line is cut to the part that matters', () => {
    const long = new SourceFile('l.gan', `${'x -> '.repeat(2000)}bad${' -> y'.repeat(2000)}\n`);
    const lines = render(long, 'bad', {}).split('\n');
    expect(lines.every((line) => line.length < 130)).toBe(true);
    const column = lines[3]!.indexOf('^^^');
    expect(lines[2]!.slice(column, column + 3)).toBe('bad');
    expect(lines[2]).toContain('… ');
    expect(lines[2]!.endsWith(' …')).toBe(true);
  });

  test('a span over several lines is marked on its first, the end of the text is a place too', () => {
    expect(render(source, 'three\nfour', {}).split('\n')[3]).toBe('  │         ^^^^^ here');
    const end = finding(source, 'one', {});
    const diagnostic = {
      ...end.diagnostic,
      span: { file: 'a.gan', start: source.text.length, end: source.text.length },
    };
    expect(renderDiagnostic(diagnostic, end).split('\n').slice(1)).toEqual([
      '  ┌─ a.gan:6:1',
      '6 │',
      '  │ ^ here',
    ]);
  });

  test('places in another file come in a block of their own', () => {
    const other = new SourceFile('b.gan', 'seven\n');
    const { diagnostic } = finding(
      source,
      'two',
      {},
      { related: [{ span: { file: 'b.gan', start: 0, end: 5 }, text: 'there' }] },
    );
    const sources = (file: string) => [source, other].find(({ name }) => name === file);
    expect(renderDiagnostic(diagnostic, { sources }).split('\n').slice(4)).toEqual([
      '  ┌─ b.gan:1:1',
      '1 │ seven',
      '  │ ----- there',
    ]);
  });

  test('colours are asked for part by part and change nothing else', () => {
    const { diagnostic, sources } = finding(source, 'two', { five: 'too' }, { notes: ['n'], help: 'h' });
    const roles = new Set<string>();
    const style = (role: string, text: string) => {
      roles.add(role);
      return `<${role}>${text}</>`;
    };
    const styled = renderDiagnostic(diagnostic, { sources, style });
    expect(styled.replace(/<\/?\w*>/g, '')).toBe(renderDiagnostic(diagnostic, { sources }));
    expect([...roles].sort()).toEqual(['error', 'frame', 'help', 'secondary', 'title']);
  });

  test('the summary counts each severity', () => {
    const { diagnostic } = finding(source, 'two', {});
    const of = (severity: Diagnostic['severity'], file = 'dcgan.gan') => ({
      ...diagnostic,
      severity,
      span: { ...diagnostic.span, file },
    });
    expect(summaryText([of('error'), of('error'), of('warning')])).toBe('2 errors, 1 warning in dcgan.gan');
    expect(summaryText([of('info'), of('info', 'b.gan')])).toBe('2 remarks in 2 files');
    expect(summaryText([])).toBeNull();
  });

  test('findings are set apart by an empty line', () => {
    const { diagnostic, sources } = finding(source, 'two', {});
    expect(renderDiagnostics([diagnostic, diagnostic], { sources })).toContain('here\n\nerror[');
  });
});

test('JSON counts lines and columns from 1 and offsets from 0, in UTF-16', () => {
  const source = new SourceFile('j.gan', '😀 one\ntwo\n');
  const { diagnostic, sources } = finding(source, 'two', { one: 'first' });
  expect(diagnosticAsJson(diagnostic, sources)).toEqual({
    code: 'some-code',
    severity: 'error',
    message: 'something is wrong',
    file: 'j.gan',
    start: { line: 2, column: 1, offset: 7 },
    end: { line: 2, column: 4, offset: 10 },
    related: [
      {
        file: 'j.gan',
        start: { line: 1, column: 4, offset: 3 },
        end: { line: 1, column: 7, offset: 6 },
        message: 'first',
      },
    ],
    help: null,
    fixes: [],
  });
});
