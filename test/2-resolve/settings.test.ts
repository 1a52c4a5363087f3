import { expect, test } from 'vitest';
import { check } from '../../compiler/compile.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';

const spec = `
gan 1
param count  = 8
param twice  = 2 * count
param widths = [8, 16]
param lr     = cosine(from: 2e-4, over: 100)
param path   = "a"
param bias   = true
param bound  = none
param act    = relu
param pairs  = [[1, 2]]

module Layers(x: [N]) -> [1] {
  x -> for w in widths { dense(w, bias: bias) -> act } -> dense(1)
}
`;

function checked(set: Readonly<Record<string, string>>) {
  const { model, diagnostics } = check(new SourceFile('settings.gan', spec), { set });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return { params: model?.params, errors: errors.map(({ code, message }) => `${code}: ${message}`) };
}

test.each([
  ['count', '1_000', 1000],
  ['count', '-2.5e-3', -0.0025],
  ['count', '3 * 4', 12],
  ['twice', 'count + 1', 9],
  ['widths', '[64,128]', [64, 128]],
  ['widths', '[]', []],
  ['pairs', '[count, [1, 2*count]]', [8, [1, 16]]],
  ['pairs', 'none', null],
  ['lr', '1e-4', 1e-4],
  ['path', 'b', 'b'],
  ['path', '64', '64'],
  ['path', '"b c"', 'b c'],
  ['path', 'the "b"', 'the "b"'],
  ['bias', 'false', false],
  ['bound', '2', 2],
  ['bound', '"text"', 'text'],
])('%s=%s', (name, text, value) => {
  const { params, errors } = checked({ [name]: text });
  expect(errors).toEqual([]);
  expect(params!.get(name)).toEqual(value);
});

test('a schedule takes the place of a number, and the other way', () => {
  const { params } = checked({ count: 'linear(from: 1, to: 0, over: 9)', twice: '2' });
  expect(params!.get('count')).toMatchObject({ kind: 'schedule', schedule: { name: 'linear' } });
});

test('a layer takes the place of a layer', () => {
  expect(checked({ act: 'leaky_relu(0.1)' }).errors).toEqual([]);
});

test.each([
  ['count', '[1]', 'a number', '`[1]`'],
  ['count', 'true', 'a number', '`true`'],
  ['count', '"8"', 'a number', '`"8"`'],
  ['count', 'many', 'a number', '`many`'],
  ['count', '2 * many', 'a number', '`2 * many`, in which nothing is called many'],
  ['count', '8\nparam other = 3', 'a number', '`8\nparam other = 3`'],
  ['twice', '2 *', 'a number', '`2 *`'],
  ['widths', '64', 'a list, such as [64, 128]', '`64`'],
  ['widths', '[64,', 'a list, such as [64, 128]', '`[64,`'],
  ['widths', '64,128', 'a list, such as [64, 128]', '`64,128`'],
  ['bias', 'yes', 'true or false', '`yes`'],
  ['bias', '1', 'true or false', '`1`'],
  ['path', '"a" + "b"', 'a text', '`"a" + "b"`'],
  [
    'lr',
    'cosin(1)',
    'a value, such as 64, [64, 128] or cosine(from: 2e-4, over: 1_000)',
    '`cosin(1)`, in which nothing is called cosin',
  ],
])('%s=%s is refused', (name, text, wanted, given) => {
  expect(checked({ [name]: text }).errors).toEqual([
    `argument-value: \`${name}\` of --set takes ${wanted}, but is given ${given}`,
  ]);
});

test('a param that does not exist', () => {
  expect(checked({ wdths: '[1]' }).errors.join()).toContain('wdths');
});
