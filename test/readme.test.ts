import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderDiagnostic } from '../compiler/diagnostics/render.ts';
import { check, format, SourceFile } from '../compiler/index.ts';

const readme = readFileSync('README.md', 'utf8');
const blocks = [...readme.matchAll(/^```\w*\n(.*?)^```$/gms)].map(([, text]) => text!);
const spec = blocks.find((text) => text.startsWith('gan 1'))!;
const message = blocks.find((text) => text.startsWith('error['))!;

function checked(text: string) {
  return check(new SourceFile('digits.gan', text));
}

test('the first spec checks clean and is in the one style', () => {
  const { file, diagnostics } = checked(spec);
  expect(diagnostics).toEqual([]);
  expect(format(file)).toBe(spec);
});

test('the mistake that the README shows is found in these words', () => {
  const wrong = spec.replace('conv2d_transpose(1, kernel: 4, stride: 2)', 'conv2d_transpose(1, kernel: 4)');
  const { diagnostics, sources } = checked(wrong);
  const rendered = diagnostics.map((one) => renderDiagnostic(one, { sources }).trimEnd());
  expect(rendered).toEqual([message.trimEnd()]);
});
