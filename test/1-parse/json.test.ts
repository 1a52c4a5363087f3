import { describe, expect, it } from 'vitest';
import { check } from '../../compiler/compile.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { bareTree } from './bare-tree.ts';
import { read, readSound, specText } from './read.ts';

const PIX2PIX = specText('pix2pix.gan.json');

/** The findings for a text, as `underlined: message`. */
function faults(text: string): string[] {
  const { diagnostics } = read(text, 'spec.gan.json');
  return diagnostics.map(({ span, message }) => `${text.slice(span.start, span.end)}: ${message}`);
}

describe('the JSON form', () => {
  it('gives the same tree as the text form', () => {
    expect(bareTree(readSound(PIX2PIX, 'spec.gan.json'))).toEqual(
      bareTree(readSound(specText('pix2pix.gan'))),
    );
  });

  it('is known by its first character where the name does not tell', () => {
    expect(readSound(PIX2PIX, '<stdin>').items).toHaveLength(7);
  });

  it('reads items in the order that it is told', () => {
    const { items } = readSound(
      '{"gan": 1, "params": {"a": 1, "b": 2}, "latents": {"z": {"op": "normal", "args": [1]}},' +
        ' "order": ["params.b", "latents.z", "params.a"]}',
      'spec.gan.json',
    );
    expect(items.map((item) => 'name' in item && item.name.name)).toEqual(['b', 'z', 'a']);
  });
});

describe('places in JSON', () => {
  it('a misspelt argument of a layer is one error, underlined on the key', () => {
    const text = PIX2PIX.replace('"kernel": 4', '"kernal": 4');
    const errors = check(new SourceFile('spec.gan.json', text)).diagnostics.filter(
      ({ severity }) => severity === 'error',
    );
    expect(errors.map(({ code, span }) => [code, text.slice(span.start, span.end)])).toEqual([
      ['unknown-argument', 'kernal'],
    ]);
  });

  it('a fault in an expression points into the text, behind escapes too', () => {
    expect(faults('{"gan": 1, "params": {"a": "1 + + * 2"}}')).toEqual([
      '+: after `+` comes a value, but here stands `+`',
    ]);
    expect(faults('{"gan": 1, "params": {"a": "f(\\"\\u0041\\", 2ch)"}}')).toEqual([
      'ch: after `2` comes an operator such as `*`, but here stands `ch`',
    ]);
    expect(faults('{"gan": 1, "params": {"a": ""}}')).toEqual([
      '"": a value must come here, but the declaration ends here',
    ]);
  });

  it('a broken declaration does not hide the others', () => {
    const { file, diagnostics } = read(
      '{"gan": 1, "params": {"a": "1 +", "b": 2, "c": "2 *"}, "modules": {"M": {"ports": {}}}}',
      'spec.gan.json',
    );
    expect(diagnostics).toHaveLength(3);
    expect(file!.items).toHaveLength(1);
    expect(file!.broken.map(({ name }) => name)).toEqual(['a', 'c', 'M']);
  });
});

describe('what is no spec', () => {
  it.each([
    ['{"gan": 1, "parms": {}}', ['parms: a spec has no key `parms`']],
    ['{"params": {}}', ['{: a spec says the version of the language: `"gan": 1`']],
    [
      '{"gan": 3}',
      ['3: this spec is written in version 3 of the language, and this compiler reads version 1'],
    ],
    ['{"gan": 1, "params": []}', ['[]: `params` is an object, but here stands an empty list']],
    ['{"gan": 1, "train": {"batch": 1}}', ['"train": `train` needs the key `on`']],
    ['{"gan": 1, "gan": 1}', ['"gan": `gan` is written twice']],
    ['{"gan": 1, "params": {"2x": 1}}', ['"2x": `2x` cannot be a name']],
    ['{"gan": 1, "params": {"loss": 1}}', ['"loss": `loss` is a word of the language and cannot be a name']],
    ['{"gan": 1, "params": {"__proto__": 1, "constructor": 2}}', []],
    ['[1]', ['[1]: a spec is an object, but here stands a list']],
  ])('%s', (text, found) => {
    expect(faults(text)).toEqual(found);
  });
});

describe('what is no JSON', () => {
  it.each([
    ['{"gan": 1,}', '}', 'one more key', 'remove the `,` before it'],
    ['{"gan" 1}', '1', '`:` after a key', 'write `:` between key and value'],
    ['{"gan": 1 "params": {}}', '"', '`,` or `}`', 'write `,` before it'],
    ['{gan: 1}', 'gan', 'a key in `"…"`', 'write "gan"'],
    ['{"gan": 1, "params": {"a": None}}', 'None', 'a value', 'write null'],
    ['{"gan": 1, "params": {"a": 2*ch}}', '*', '`,` or `}`', null],
    ['{"gan": 1, "params": {"a": [1, 2,]}}', ']', 'one more value', 'remove the `,` before it'],
    ['{"gan": 1 // no\n}', '/', '`,` or `}`', 'remove the comment; JSON has none'],
    [
      '{"gan": 1, "doc": "a\tb"}',
      '"a\tb"}',
      'a text in `"…"`',
      'close it with `"`, and write \\\\ for a backslash',
    ],
    ['{"gan": 1', '', '`,` or `}`', null],
    ['{"gan": 1} x', 'x', 'nothing more', 'remove what follows the last `}`'],
  ])('%j', (text, at, wanted, help) => {
    const { diagnostics } = read(text, 'spec.gan.json');
    expect(diagnostics).toHaveLength(1);
    const [{ code, span, message, help: given }] = diagnostics as [(typeof diagnostics)[number]];
    expect(code).toBe('json-syntax');
    expect(text.slice(span.start, span.end)).toBe(at);
    expect(message).toContain(wanted);
    expect(given).toBe(help);
  });
});
