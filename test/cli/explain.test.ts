import { describe, expect, test } from 'vitest';
import { keywords } from '../../compiler/1-parse/tokens.ts';
import * as blocks from '../../compiler/3-check/block-options.ts';
import { exampleModels } from '../../compiler/diagnostics/example-model.ts';
import { renderDiagnostics } from '../../compiler/diagnostics/render.ts';
import { explain, pages } from '../../compiler/explain/explain.ts';
import { words } from '../../compiler/explain/words/index.ts';
import { check, format, type ImportReader, SourceFile } from '../../compiler/index.ts';
import { say } from './fake-terminal.ts';

test('without a name it lists every page', async () => {
  const { out, exitCode } = await say(['explain']);
  expect(exitCode).toBe(0);
  for (const { name } of pages()) expect(out).toContain(`  ${name} `);
  expect(out).toMatch(/^Layers$/m);
  const kind = await say(['explain', 'optimizers']);
  expect(kind.out).toContain('adam');
  expect(kind.out).not.toContain('conv2d');
});

describe.each(pages().map((page) => [page.kind, page.name, page] as const))('%s %s', (kind, name, page) => {
  test('has a page that says something', async () => {
    const { out, err, exitCode } = await say(['explain', kind, name]);
    expect(err).toBe('');
    expect(exitCode).toBe(0);
    expect(out.split('\n')[0]).toBe(name);
    expect(page.summary).toMatch(/\S/);
    expect(out.length).toBeGreaterThan(60);
    expect(out).not.toMatch(/undefined|\[object|NaN/);
    // Lines made by wrapping fit; examples are left as they are.
    for (const line of out.split('\n'))
      if (!line.startsWith('    ')) expect(line.length).toBeLessThanOrEqual(100);
  });
});

const IMPORTS: Readonly<Record<string, string>> = {
  './blocks.gan': `gan 1

module Up(x: [H, W, C], filters: int) -> [2*H, 2*W, filters] {
  x -> conv2d_transpose(filters, kernel: 4, stride: 2) -> relu
}

module Down(x: [H, W, C], filters: int) -> [H/2, W/2, filters] {
  x -> conv2d(filters, kernel: 4, stride: 2) -> leaky_relu(0.2)
}
`,
  'gan-blocks/losses': `gan 1

loss soft.critic(real, fake) = mean(softplus(-real)) + mean(softplus(fake))

loss soft.generator(fake) = mean(softplus(-fake))
`,
};

const readImport: ImportReader = (from) =>
  IMPORTS[from] === undefined ? { kind: 'missing', near: null } : new SourceFile(from, IMPORTS[from]);

describe.each(words.map(({ name }) => [name, explain(name).page!] as const))(
  'the example of %s',
  (name, page) => {
    test('is a part of a spec in which nothing is found, in the one style', () => {
      const { file, diagnostics, sources } = check(new SourceFile('example.gan', page.spec!), {
        findModel: exampleModels,
        readImport,
      });
      expect(renderDiagnostics(diagnostics, { sources })).toBe('');
      expect(format(file)).toBe(page.spec);
    });

    test('has the word in it, as the page shows it', () => {
      const shown = page
        .markdown()
        .split('\n')
        .filter((line) => line.startsWith('    '))
        .map((line) => line.slice(4));
      const lines = page.spec!.split('\n');
      expect(shown.filter((line) => lines.includes(line)).length).toBeGreaterThan(2);
      if (keywords.has(name)) expect(shown.join('\n')).toMatch(new RegExp(`(?<!\\w)${name}(?!\\w)`));
    });
  },
);

test('every word of the language leads to a page about it, and every option to that of its block', () => {
  const about = (word: string) => {
    const { page, ...found } = explain(word);
    return page && 'others' in found ? [page, ...found.others] : [];
  };
  for (const word of [...keywords, '_']) {
    expect(
      about(word).map(({ kind }) => kind),
      word,
    ).toContainEqual(expect.stringMatching(/declaration|form/));
  }
  for (const [table, options] of Object.entries(blocks)) {
    const block = table.replace('Options', '');
    const led = options.map(({ name }) => about(name).map((page) => page.name));
    for (const [i, names] of led.entries()) {
      expect(names, options[i]!.name).toContain(block);
    }
  }
});

test('the page of the language lists all of its words', async () => {
  const { out } = await say(['explain', 'gan']);
  for (const { name, summary } of words.slice(1)) {
    expect(out.replace(/\s+/g, ' ')).toContain(`\`${name}\`: ${summary}`.replace(/\s+/g, ' '));
  }
});

test('what is a kind of thing and a word of the language is told apart', async () => {
  const { out } = await say(['explain', 'loss']);
  expect(out).toContain('hinge.critic');
  expect(out).toContain('Also a declaration: ganc explain declaration loss');
  expect((await say(['explain', 'declaration', 'loss'])).out).toContain('loss soft_hinge.critic');
});

test('the page of a layer shows its call, its arguments and what its examples make', async () => {
  const { out } = await say(['explain', 'conv2d']);
  expect(out).toMatch(/ {4}conv2d\(filters, kernel: 3, stride: 1, padding: "same"/);
  expect(out).toMatch(/• `filters`: .*required/s);
  expect(out).toMatch(
    / {4}\[6, 4, 2\] -> conv2d\(3, kernel: 4, stride: 2, bias: false\) {2}makes \[3, 2, 3\], 96 weights/,
  );
});

test('the page of a source shows its example as it is written', async () => {
  const { out } = await say(['explain', 'frames_folder']);
  expect(out).toContain(
    '\n\n    data clips from frames_folder("data/clips") {\n      video: [16, 64, 64, 3] in [-1, 1]\n    }\n\n',
  );
  expect(out).not.toContain('```');
});

test('the page of a diagnostic shows what is said about its example, and the example mended', async () => {
  const { out } = await say(['explain', 'checkerboard-kernel']);
  expect(out).toContain('    warning[checkerboard-kernel]: kernel 3 is not a multiple of stride 2');
  expect(out).toMatch(/Right is:\n\n.*kernel: 4, stride: 2/s);
});

test('a loss shows its expression, and one word may have several pages', async () => {
  expect((await say(['explain', 'hinge.critic'])).out).toContain(
    'hinge.critic(real, fake) = mean(relu(1 - real))',
  );
  const { out } = await say(['explain', 'tanh']);
  expect(out).toContain('A layer:');
  expect(out).toContain('Also a primitive: ganc explain primitive tanh');
  expect((await say(['explain', 'primitive', 'tanh'])).out).toContain('A primitive of the tensor program');
});

test('a name that is misspelt, or spelt as elsewhere, finds the one that was meant', async () => {
  for (const [written, meant] of [
    ['conv_2d', 'conv2d'],
    ['BatchNorm2d', 'batch_norm'],
    ['checkerbord-kernel', 'checkerboard-kernel'],
    ['adm', 'adam'],
    ['genertor', 'generator'],
    ['optmizer', 'optimizer'],
    ['ADA', 'adaptive_augment'],
    ['residual', 'add'],
  ]) {
    const { out, err, exitCode } = await say(['explain', written!]);
    expect(out).toBe('');
    expect(err).toContain(`there is no page about \`${written}\``);
    expect(err).toContain(`ganc explain ${meant}`);
    expect(exitCode).toBe(2);
  }
  expect((await say(['explain', 'zzzzzzzz'])).err).toContain('run ganc explain to see every page');
  expect((await say(['explain', 'one', 'two'])).exitCode).toBe(2);
});
