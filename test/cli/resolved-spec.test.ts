import { expect, test } from 'vitest';
import { check } from '../../compiler/index.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { resolveSpec } from '../../runtime/cli/resolved-spec.ts';
import { UserError } from '../../runtime/user-error.ts';
import { smallSpec } from './small-spec.ts';

const resolve = (text: string, settings: Parameters<typeof resolveSpec>[1], name = 'small.gan') =>
  resolveSpec(check(new SourceFile(name, text)).resolved!, settings)[0]!.text;

test('values take the place of those written, and nothing else changes', () => {
  const commented = smallSpec.replace('width = 8', 'width = 2*4 // wide');
  expect(resolve(commented, { set: { width: '4' }, steps: 7 })).toBe(
    commented.replace('2*4', '4').replace('steps: 40', 'steps: 7'),
  );
});

test('without settings the spec is what it was', () => {
  const source = new SourceFile('small.gan', smallSpec);
  expect(resolveSpec(check(source).resolved!, {})).toEqual([]);
});

test('a param that does not exist is named, and the one that was meant', () => {
  expect(() => resolve(smallSpec, { set: { widht: '3' } })).toThrow(UserError);
  expect(() => resolve(smallSpec, { set: { widht: '3' } })).toThrow('no param widht');
});

const kinds = smallSpec.replace('param width = 8', 'param width = 8\nparam sizes = [8, 4]\nparam name = "a"');

test.each([
  ['sizes', '[16,2*width]', 'param sizes = [16,2*width]'],
  ['width', 'linear(from: 4, to: 2, over: 9)', 'param width = linear(from: 4, to: 2, over: 9)'],
  ['name', 'a b', 'param name = "a b"'],
  ['name', '"b"', 'param name = "b"'],
  ['name', 'C:\\\\b', 'param name = "C:\\\\\\\\b"'],
])('%s set to %s is written as a spec writes it', (name, value, written) => {
  expect(resolve(kinds, { set: { [name]: value } })).toContain(written);
});

test('a value of another kind is refused, in words', () => {
  const wrong = () => resolve(kinds, { set: { sizes: '3' } });
  expect(wrong).toThrow(UserError);
  expect(wrong).toThrow('--set sizes: it takes a list, such as [64, 128], but is given `3`');
});

const json = (width: string) => `{
  "gan": 1,
  "params": { "width": ${width} },
  "latents": { "z": { "op": "normal", "args": ["width"] } }
}
`;

test.each([
  ['8', '4', '4'],
  ['8', '2 * 4', '"2 * 4"'],
  ['[8, 2]', '[4,2]', '"[4,2]"'],
  ['"2 * 4"', '4', '"4"'],
  ['{ "value": 8, "doc": "wide" }', '4', '{ "value": 4, "doc": "wide" }'],
])('in JSON, %s set to %s is %s', (written, value, resolved) => {
  const text = resolve(json(written), { set: { width: value } }, 'small.gan.json');
  // A string of digits is the same expression as the number.
  expect([json(resolved), json('4')]).toContain(text);
  expect(
    check(new SourceFile('small.gan.json', text)).diagnostics.filter(({ code }) => code === 'syntax'),
  ).toEqual([]);
});
