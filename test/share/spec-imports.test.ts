import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Checked, check } from '../../compiler/compile.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { diskFiles } from '../../runtime/share/disk-files.ts';
import { keptFiles } from '../../runtime/share/kept-files.ts';
import { SpecImports } from '../../runtime/share/spec-imports.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ganc-imports-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(texts: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(texts)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

const module = (name: string, body = 'x -> relu') =>
  `gan 1\n\nmodule ${name}(x: [H, W, C]) -> [H, W, C] { ${body} }\n`;
const importing = (...lines: string[]) => `gan 1\n\n${lines.join('\n')}\n`;
const manifest = (exports: unknown) =>
  JSON.stringify({ name: 'x', version: '1.2.3', license: 'MIT', scripts: { install: 'no' }, exports });

/** Checks `project/spec.gan` on the disk. */
function checkOnDisk(text: string): Checked & { readonly specImports: SpecImports } {
  write({ 'project/spec.gan': text });
  const name = path.join(folder, 'project/spec.gan');
  const specImports = new SpecImports(diskFiles, { name, path: name });
  return { ...check(new SourceFile(name, text), { readImport: specImports.read }), specImports };
}

const messagesOf = ({ diagnostics }: Checked) =>
  diagnostics.map(({ message }) => message.replaceAll(folder, '…'));
const labelsOf = ({ diagnostics }: Checked) => diagnostics.map(({ label }) => label);

describe('files beside the spec', () => {
  test('are read, also up and down within its folder', () => {
    write({
      'project/a/up.gan': importing('import Down from "../b/down.gan"'),
      'project/b/down.gan': module('Down'),
    });
    const checked = checkOnDisk(importing('import Down from "./a/up.gan"'));
    expect(messagesOf(checked)).toEqual([]);
    expect(checked.imports.map(({ source }) => source.name)).toEqual([
      path.join(folder, 'project/b/down.gan'),
      path.join(folder, 'project/a/up.gan'),
    ]);
  });

  test.each([
    ['../outside.gan', '../outside.gan lies outside …/project, and a spec reads nothing there'],
    ['./a/../../outside.gan', './a/../../outside.gan lies outside …/project, and a spec reads nothing there'],
    ['./link.gan', './link.gan lies outside …/project, and a spec reads nothing there'],
    ['./linked/outside.gan', './linked/outside.gan lies outside …/project, and a spec reads nothing there'],
    ['/etc/passwd', '"/etc/passwd" is neither a spec beside this file nor a package'],
    ['file:///etc/passwd', '"file:///etc/passwd" is neither a spec beside this file nor a package'],
    ['./secret.txt', '"./secret.txt" is neither a spec beside this file nor a package'],
    ['./spec\\\\..\\\\x.gan', '"./spec\\..\\x.gan" is neither a spec beside this file nor a package'],
    ['./folder.gan', './folder.gan cannot be read: it is not a file of text, or too large for a spec'],
    ['./large.gan', './large.gan cannot be read: it is not a file of text, or too large for a spec'],
    ['./loop.gan', expect.stringMatching(/^\.\/loop\.gan cannot be read/)],
    ['./disguised.gan', '"./disguised.gan" is neither a spec beside this file nor a package'],
    [
      'gan-blocks/../../outside',
      '"gan-blocks/../../outside" is neither a spec beside this file nor a package',
    ],
  ])('not %s', (from, message) => {
    write({
      'outside.gan': module('Up'),
      'project/secret.txt': 'x',
      'project/large.gan': 'x'.repeat(2 ** 20 + 1),
    });
    mkdirSync(path.join(folder, 'project/folder.gan'));
    symlinkSync(path.join(folder, 'outside.gan'), path.join(folder, 'project/link.gan'));
    symlinkSync(folder, path.join(folder, 'project/linked'));
    symlinkSync('loop.gan', path.join(folder, 'project/loop.gan'));
    symlinkSync('secret.txt', path.join(folder, 'project/disguised.gan'));
    expect(messagesOf(checkOnDisk(importing(`import Up from "${from}"`)))).toEqual([message]);
  });

  test.skipIf(process.platform === 'win32')('not a pipe, which may never end (Windows has none)', () => {
    mkdirSync(path.join(folder, 'project'));
    execFileSync('mkfifo', [path.join(folder, 'project/pipe.gan')]);
    expect(messagesOf(checkOnDisk(importing('import Up from "./pipe.gan"')))).toEqual([
      './pipe.gan cannot be read: it is not a file of text, or too large for a spec',
    ]);
  });

  test('a link within the folder is followed, and is the same file', () => {
    write({ 'project/blocks.gan': module('Up') });
    symlinkSync('blocks.gan', path.join(folder, 'project/alias.gan'));
    const checked = checkOnDisk(importing('import Up from "./alias.gan"'));
    expect(messagesOf(checked)).toEqual([]);
    expect(checked.imports[0]!.source.name).toBe(path.join(folder, 'project/blocks.gan'));
  });

  test('the one that was probably meant is named', () => {
    write({ 'project/parts/blocks.gan': module('Up') });
    const labels = (from: string) => labelsOf(checkOnDisk(importing(`import Up from "${from}"`)));
    expect(labels('./parts/blocks')).toEqual(['did you mean `./parts/blocks.gan`?']);
    expect(labels('./parts/block.gan')).toEqual(['did you mean `./parts/blocks.gan`?']);
  });

  test('a circle back to the spec itself', () => {
    write({ 'project/a.gan': importing('import Up from "./spec.gan"') });
    const [only] = labelsOf(checkOnDisk(importing('import Up from "./a.gan"')));
    expect(only!.replaceAll(`${folder}/project/`, '')).toBe('spec.gan → a.gan → spec.gan');
  });
});

describe('packages', () => {
  const packages = {
    'node_modules/gan-blocks/package.json': manifest({
      '.': { gan: './index.gan', default: './index.js' },
      './video': { gan: { default: './video/main.gan' } },
      './parts/*': { gan: './parts/*.gan' },
    }),
    'node_modules/gan-blocks/index.gan': importing('import Up from "./parts/up.gan"'),
    'node_modules/gan-blocks/parts/up.gan': module('Up'),
    'node_modules/gan-blocks/video/main.gan': importing('import Up from "../parts/up.gan"'),
    'node_modules/@studio/blocks/package.json': manifest({ gan: './index.gan' }),
    'node_modules/@studio/blocks/index.gan': module('Up'),
  };

  test.each(['gan-blocks', 'gan-blocks/video', 'gan-blocks/parts/up', '@studio/blocks'])('%s', (from) => {
    write(packages);
    expect(messagesOf(checkOnDisk(importing(`import Up from "${from}"`)))).toEqual([]);
  });

  test('one that is linked into node_modules, as workspaces and pnpm do', () => {
    write({
      'store/p/package.json': manifest({ '.': { gan: './index.gan' } }),
      'store/p/index.gan': module('Up'),
    });
    mkdirSync(path.join(folder, 'node_modules'));
    symlinkSync(path.join(folder, 'store/p'), path.join(folder, 'node_modules/linked'));
    expect(messagesOf(checkOnDisk(importing('import Up from "linked"')))).toEqual([]);
  });

  test.each([
    [{ '.': './index.js' }, 'the package bad shares no spec'],
    [{ './other': { gan: './index.gan' } }, 'the package bad shares no spec'],
    ['./index.gan', 'the package bad shares no spec'],
    [
      { '.': { gan: '../gan-blocks/index.gan' } },
      'bad cannot be read: its package.json names ../gan-blocks/index.gan, which lies outside the package',
    ],
    [
      { '.': { gan: './link.gan' } },
      'bad cannot be read: its package.json names ./link.gan, which leads out of the package',
    ],
    [
      { '.': { gan: './package.json' } },
      'bad cannot be read: its package.json names ./package.json, which is no spec',
    ],
    [
      { '.': { gan: './gone.gan' } },
      'bad cannot be read: its package.json names ./gone.gan, which is not there',
    ],
  ])('%j', (exports, message) => {
    write({
      ...packages,
      'node_modules/bad/package.json': manifest(exports),
      'node_modules/bad/index.gan': module('Up'),
    });
    symlinkSync(
      path.join(folder, 'node_modules/gan-blocks/parts/up.gan'),
      path.join(folder, 'node_modules/bad/link.gan'),
    );
    expect(messagesOf(checkOnDisk(importing('import Up from "bad"')))).toEqual([message]);
  });

  test('a file of a package reads nothing of the project', () => {
    write({
      ...packages,
      'node_modules/gan-blocks/index.gan': importing('import Up from "../../project/own.gan"'),
      'project/own.gan': module('Up'),
    });
    expect(messagesOf(checkOnDisk(importing('import Up from "gan-blocks"')))).toEqual([
      '../../project/own.gan lies outside gan-blocks, and a spec reads nothing there',
    ]);
  });

  test('a package that is missing, and a subpath that is not shared', () => {
    write(packages);
    const { diagnostics } = checkOnDisk(
      importing('import Up from "gan-block"', 'import Up2 from "gan-blocks/audio"'),
    );
    expect(diagnostics.map(({ message, help }) => [message, help])).toEqual([
      ['there is no package gan-block here', 'install it: npm install gan-block'],
      [
        'the package gan-blocks shares no spec under gan-blocks/audio',
        'import from gan-blocks, gan-blocks/video or gan-blocks/parts/*',
      ],
    ]);
  });
});

describe('what is kept', () => {
  test('is found again by the same imports, in memory', () => {
    write({
      'node_modules/a/package.json': manifest({
        '.': { gan: './index.gan' },
        './unused': { gan: './unused.gan' },
      }),
      'node_modules/a/index.gan': importing('import Low from "b"', 'import Top from "./sub/top.gan"'),
      'node_modules/a/sub/top.gan': module('Top'),
      'node_modules/a/node_modules/b/package.json': manifest({ '.': { gan: './index.gan' } }),
      'node_modules/a/node_modules/b/index.gan': module('Low', 'x -> tanh'),
      'node_modules/b/package.json': manifest({ '.': { gan: './main.gan' } }),
      'node_modules/b/main.gan': module('Low2'),
      'project/own/part.gan': module('Part'),
    });
    const text = importing(
      'import Low, Top from "a"',
      'import Low2 from "b"',
      'import Part from "./own/part.gan"',
    );
    const { specImports, diagnostics } = checkOnDisk(text);
    expect(diagnostics).toEqual([]);
    const kept = specImports.kept();
    expect(Object.keys(kept)).toEqual([
      'node_modules/a/index.gan',
      'node_modules/a/node_modules/b/index.gan',
      'node_modules/a/node_modules/b/package.json',
      'node_modules/a/package.json',
      'node_modules/a/sub/top.gan',
      'node_modules/b/main.gan',
      'node_modules/b/package.json',
      'own/part.gan',
    ]);
    expect(JSON.parse(kept['node_modules/a/package.json']!)).toEqual({
      name: 'a',
      version: '1.2.3',
      license: 'MIT',
      exports: { '.': { gan: './index.gan' } },
    });
    const again = new SpecImports(keptFiles({ ...kept, 'spec.gan': text }), {
      name: 'run/spec.gan',
      path: '/spec.gan',
    });
    const checked = check(new SourceFile('run/spec.gan', text), { readImport: again.read });
    expect(checked.diagnostics).toEqual([]);
    expect(again.kept()).toEqual(kept);
    expect(checked.imports.map(({ source }) => source.name)).toContain(
      'run/node_modules/a/node_modules/b/index.gan',
    );
  });
});
