import { Lexer } from 'chevrotain';
import { describe, expect, it } from 'vitest';
import { SpecGrammar } from '../../compiler/1-parse/grammar.ts';
import { MAX_CHARACTERS, MAX_NESTING } from '../../compiler/1-parse/limits.ts';
import { allTokens } from '../../compiler/1-parse/tokens.ts';
import { read } from './read.ts';

/** The findings for a declaration between sound ones, as `line:column message | help`. */
function faults(declaration: string): string[] {
  const { source, file, diagnostics } = read(`gan 1\n${declaration}\nparam sound = 3\n`);
  expect(file?.items.some((item) => item.kind === 'param' && item.name.name === 'sound')).toBe(true);
  return diagnostics.map(({ span, message, help }) => {
    const { line, column } = source.position(span.start);
    return `${line}:${column} ${message}${help ? ` | ${help}` : ''}`;
  });
}

/** The text after all fixes of its only finding have been made. */
function mended(declaration: string): string {
  const text = `gan 1\n${declaration}\n`;
  const { diagnostics } = read(text);
  expect(diagnostics).toHaveLength(1);
  const { span, text: replacement } = diagnostics[0]!.fixes[0]!.edits[0]!;
  const result = text.slice(0, span.start) + replacement + text.slice(span.end);
  expect(read(result).diagnostics).toEqual([]);
  return result.slice('gan 1\n'.length, -1);
}

const body = (flow: string) => `module A(x: [H, W, C]) -> [H, W, C] {\n  ${flow}\n}`;

describe('the grammar', () => {
  it('passes the examination of the parser generator', () => {
    expect(() => new SpecGrammar(true)).not.toThrow();
    expect(new Lexer(allTokens).lexerDefinitionErrors).toEqual([]);
  });
});

describe('slips that everybody makes are told apart, and mended', () => {
  it.each([
    ['param ch: 64', 'param ch = 64'],
    ['latent z = normal(100)', 'latent z: normal(100)'],
    [body('x -> conv2d(64, kernel=4)'), body('x -> conv2d(64, kernel:4)')],
    [body('x conv2d(64)'), body('x -> conv2d(64)')],
    [body('x -> conv2d(64 kernel: 4)'), body('x -> conv2d(64, kernel: 4)')],
    [body('h = x -> relu\n  h -> tanh'), body('h = x -> relu\n  return h -> tanh')],
    [body('h: x -> relu\n  return h'), body('h = x -> relu\n  return h')],
    [body('x -> dense(2ch)'), body('x -> dense(2*ch)')],
    [
      'module A(x: [H, W, C]) [H, W, C] {\n  x -> relu\n}',
      'module A(x: [H, W, C]) -> [H, W, C] {\n  x -> relu\n}',
    ],
    ['param a = [1, 2,]', 'param a = [1, 2]'],
    ['param a = .5', 'param a = 0.5'],
    ["param a = 'faces'", 'param a = "faces"'],
    ['param a = 3;', 'param a = 3'],
    ['param a = x → relu', 'param a = x -> relu'],
    ['train faces {\n}', 'train on faces {\n}'],
    [
      'train on faces {\n  update D {\n    lr = 3\n  }\n}',
      'train on faces {\n  update D {\n    lr: 3\n  }\n}',
    ],
    ['train on faces {\n  real = x pick(4)\n}', 'train on faces {\n  real = x -> pick(4)\n}'],
    ['generater G(z) -> [1] { z }', 'generator G(z) -> [1] { z }'],
    ['critic D(x) -> [1] { x }', 'discriminator D(x) -> [1] { x }'],
    ['sample G {\n  grid: 8x8\n  every: 10\n}', 'sample G {\n  grid: [8, 8]\n  every: 10\n}'],
    ['data d from f(p) {\n  image: 8x8x3\n}', 'data d from f(p) {\n  image: [8, 8, 3]\n}'],
    ['param a = f(.5)', 'param a = f(0.5)'],
    [
      'train on d {\n  update D {\n    times: 1, ema: 0.9\n  }\n}',
      'train on d {\n  update D {\n    times: 1 ema: 0.9\n  }\n}',
    ],
    [body('x -> relu,\n    -> tanh'), body('x -> relu\n    -> tanh')],
    ['data d = folder("x") {\n}', 'data d from folder("x") {\n}'],
  ])('%s', (wrong, right) => {
    expect(mended(wrong)).toBe(right);
  });

  it.each([
    [body('x -> relu ->'), ['4:1 after `->` comes a layer, but here stands `}`']],
    [
      'module A(x: [H, W, C]) {\n  x -> relu\n}',
      [
        '2:24 after `)` comes `->` and what it makes, but here stands `{` | ' +
          'write `-> [shape]` before the body, for example `-> [H, W, C]`',
      ],
    ],
    [
      body('h = x -> relu'),
      [
        '4:1 after `relu` comes `return`, but here stands `}` | end the body with `return`, for example `return h`',
      ],
    ],
    [
      'param loss = 3',
      [
        '2:7 after `param` comes a name, but here stands `loss` | choose another name: `loss` is a word of the language',
      ],
    ],
    [
      'data d from mnist(part: train) { image: [28, 28, 1] }',
      [
        '2:25 after `:` comes a value, but here stands `train` | `train` is a word of the language: put it in quotes',
      ],
    ],
    ['param a = "abc', ['2:11 this text is never closed | write the missing `"`']],
    ['param a = )', ['2:11 this `)` closes nothing | remove it, or write the `(` that it belongs to']],
    [
      body('if x { relu }'),
      [
        '3:6 after `if` comes `->` or `}`, but here stands `x` | ' +
          'use params, `for` and `repeat`: the language has no conditions and no functions',
      ],
    ],
    [
      'param a = _',
      [
        '2:11 `_` stands only as an argument, for the input that a penalty varies | write it inside a call, as in gradient_penalty(D(_, y), real, fake)',
      ],
    ],
    [
      'param a = 1e999',
      [
        `2:11 this number is larger than ${Number.MAX_VALUE}, the largest that can be held | write a smaller number`,
      ],
    ],
    [
      'sample G {\n  every: 100 steps\n  grid: [2, 2]\n}',
      [
        '3:14 after `100` comes an operator such as `*`, but here stands `steps` | ' +
          'remove `steps`, or write an operator such as `*` before it',
      ],
    ],
    [
      'data d from folder(./art) {\n}',
      ['2:20 after `(` comes a value, but here stands `.` | write a path in quotes, such as "data/faces"'],
    ],
    [
      'data d from folder(data/art) {\n}',
      ['2:20 after `(` comes a value, but here stands `data` | write a path in quotes, such as "data/faces"'],
    ],
    ['param a = (0.5, 0.9)', ['2:15 after `0.5` comes `)`, but here stands `,` | write a list in `[…]`']],
    [
      body('h = x -> relu\n  for f in [1, 2] { conv2d(f) }\n  return h'),
      [
        '4:3 after `relu` comes a flow such as `x -> relu`, but here stands `for` | ' +
          'write it as a layer of a flow: `x -> for …`',
      ],
    ],
    [
      'train on d {\n  update D {\n    loss: f(D(x)), f(D(y))\n  }\n}',
      [
        '4:18 after `)` comes an option such as `steps: 1_000`, or `}`, but here stands `,` | ' +
          'join the terms of a loss with an operator such as `+`',
      ],
    ],
    [
      'train on d {\n  update D {\n    loss: D(x) -> per_frame { f(1) -> mean } + 2\n  }\n}',
      [
        '4:46 after `}` comes `->`, or the end of the flow, but here stands `+` | ' +
          'put the flow in parentheses to calculate with it: (… -> …) + …',
      ],
    ],
    [
      body('h = 2 * x -> relu * 3\n  return h'),
      [
        '3:21 after `relu` comes `->`, or the end of the flow, but here stands `*` | ' +
          'put the flow in parentheses to calculate with it: (… -> …) * …',
      ],
    ],
    [
      'train {\n}',
      [
        '2:7 after `train` comes `on` and a data set, but here stands `{` | ' +
          'name the data set: `train on faces { … }`',
      ],
    ],
    ['update D {\n}', ['2:1 `update` begins no declaration | write it inside of `train on … { … }`']],
    ['gan 1', ['2:1 `gan` begins no declaration | remove it: the version stands once, at the top']],
  ])('%s', (wrong, found) => {
    expect(faults(wrong)).toEqual(found);
  });

  it('an open bracket is shown with the place that shows it', () => {
    const { source, diagnostics } = read(`gan 1\n${body('x -> conv2d(64, kernel: 4\n    -> relu')}\n`);
    expect(diagnostics).toHaveLength(1);
    expect(source.position(diagnostics[0]!.span.start)).toEqual({ line: 3, column: 14 });
    expect(source.position(diagnostics[0]!.related[0]!.span.start)).toEqual({ line: 5, column: 1 });
  });

  it('a forgotten } is found by the indentation', () => {
    const { source, diagnostics } = read(
      'gan 1\ntrain on faces {\n  update D {\n    loss: x\n}\nparam a = 1\n',
    );
    expect(diagnostics.map(({ message }) => message)).toEqual(['this `{` is never closed']);
    expect(source.position(diagnostics[0]!.span.start)).toEqual({ line: 3, column: 12 });
  });
});

describe('recovery', () => {
  it('two mistakes in two declarations are two errors; the rest survives', () => {
    const { file, diagnostics } = read(`gan 1
param a = 1
module A(x: [H, W, C]) -> [H, W, C] {
  x -> relu(
}
param b = 2
latent z = normal(3)
param c = 3
`);
    expect(diagnostics).toHaveLength(2);
    expect(file!.items.map((item) => (item.kind === 'param' ? item.name.name : item.kind))).toEqual([
      'a',
      'b',
      'c',
    ]);
    expect(file!.broken.map(({ name }) => name)).toEqual(['A', 'z']);
  });

  it('a missing or unknown version does not hide the spec', () => {
    const missing = read('param a = 1\n');
    expect(missing.diagnostics.map(({ code }) => code)).toEqual(['missing-version']);
    expect(missing.file!.items).toHaveLength(1);
    const later = read('gan 2\nparam a = 1\n');
    expect(later.diagnostics.map(({ code }) => code)).toEqual(['unsupported-version']);
    expect(later.file!.items).toHaveLength(1);
  });

  it.each(['', '\n', '// nothing\n', '/// a doc\n', '\ufeff', '{', '[]', 'null', '"'])(
    'reads %j with a place',
    (text) => {
      for (const name of ['spec.gan', 'spec.gan.json']) {
        const { diagnostics } = read(text, name);
        expect(diagnostics.length).toBeGreaterThan(0);
        for (const { span } of diagnostics) expect(span.end).toBeLessThanOrEqual(text.length);
      }
    },
  );
});

describe('limits', () => {
  const tooLarge = (text: string, name = 'spec.gan') => read(text, name).diagnostics.map(({ code }) => code);

  it('allows deep nesting, and refuses deeper without a crash', () => {
    const nested = (depth: number) => `gan 1\nparam a = ${'('.repeat(depth)}1${')'.repeat(depth)}\n`;
    expect(tooLarge(nested(MAX_NESTING))).toEqual([]);
    expect(tooLarge(nested(MAX_NESTING + 1))).toEqual(['too-large']);
    expect(tooLarge(nested(100_000))).toEqual(['too-large']);
    expect(tooLarge(`{"gan": 1, "params": {"a": ${'['.repeat(100_000)}`, 'spec.gan.json')).toEqual([
      'too-large',
    ]);
    expect(tooLarge(`{"gan": 1, "params": {"a": "${'('.repeat(200)}"}}`, 'spec.gan.json')).toEqual([
      'too-large',
    ]);
  });

  it('refuses chains of operations that would be a deep tree', () => {
    expect(tooLarge(`gan 1\nparam a = 1${' + 1'.repeat(300)}\n`)).toEqual([]);
    expect(tooLarge(`gan 1\nparam a = 1${' + 1'.repeat(10_000)}\n`)).toEqual(['too-large']);
    expect(tooLarge(`gan 1\nparam a = ${'-'.repeat(10_000)}1\n`)).toEqual(['too-large']);
  });

  it('refuses a file that is too long', () => {
    expect(tooLarge(`gan 1\n${'// long\n'.repeat(MAX_CHARACTERS / 8)}`)).toEqual(['too-large']);
  });
});
