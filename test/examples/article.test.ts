import { describe, expect, test } from 'vitest';
import { renderDiagnostic } from '../../compiler/diagnostics/render.ts';
import { check, format, SourceFile } from '../../compiler/index.ts';
import { changed, read, turnsOf, withoutHead } from './article.ts';

function findings(file: string, text: string): string[] {
  const { diagnostics, sources } = check(new SourceFile(file, text));
  return diagnostics.map((one) => renderDiagnostic(one, { sources }).trimEnd());
}

describe.each([
  ['A frame from a frame', 'video-frames', ['concat-size-mismatch']],
  ['The training loop for videos', 'video-training', ['input-shape-mismatch']],
  ['The remedies', 'stable-training', ['output-shape-mismatch']],
  [
    'An image from noise',
    'images',
    [
      'missing-activation',
      'checkerboard-kernel',
      'checkerboard-kernel',
      'unused-declaration',
      'unused-binding',
      'unused-binding',
    ],
  ],
])('%s', (section, program, codes) => {
  const written = read(`${program}-as-written.gan`);
  const mended = read(`${program}.gan`);

  test('as written, it has these mistakes', () => {
    const { diagnostics } = check(new SourceFile('written.gan', written));
    expect(diagnostics.map(({ code }) => code)).toEqual(codes);
  });

  test('change by change, ganc says what the README quotes, until nothing is left', () => {
    let text = written;
    for (const [index, { said, change }] of turnsOf(section).entries()) {
      const file = index === 0 ? `${program}-as-written.gan` : `${program}.gan`;
      expect(findings(file, text)).toEqual(said);
      if (change !== null) text = changed(text, change);
    }
    expect(withoutHead(text)).toBe(withoutHead(mended));
    expect(findings(`${program}.gan`, mended)).toEqual([]);
  });

  test('both are in the one style', () => {
    for (const text of [written, mended]) {
      expect(format(check(new SourceFile('a.gan', text)).file)).toBe(text);
    }
  });
});

test('the remedies that the README lists are in the specs that it names', () => {
  const rows = [...read('README.md').matchAll(/^\| [^|]*\| [^|]+ \| (.*) \| `([\w-]+\.gan)` \|$/gm)];
  const quoted = rows.flatMap(([, line, file]) => {
    const code = /^`(.*)`$/.exec(line!);
    return code ? [[file!, code[1]!] as const] : [];
  });
  expect(quoted.length).toBe(7);
  for (const [file, code] of quoted) expect(read(file).replace(/\s*\n\s*/g, ' ')).toContain(code);
});

test('several scales: clean', () => {
  expect(findings('multi-scale.gan', read('multi-scale.gan'))).toEqual([]);
});
