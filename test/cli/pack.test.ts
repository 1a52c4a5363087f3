import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exampleSpec } from '../../compiler/diagnostics/example-spec.ts';
import { readParts } from '../../runtime/share/read-bundle.ts';
import { say } from './fake-terminal.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'ganc-pack-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (...parts: string[]) => path.join(folder, ...parts);

function write(name: string, text: string): string {
  mkdirSync(path.dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text);
  return at(name);
}

const layers = 'module Up(x: [H, W, C]) -> [H, W, C] { x -> conv2d(C, kernel: 3) -> Act }\n';
const spec = write(
  'project/faces.gan',
  `/// Small faces.\n${exampleSpec({ declarations: 'import Up from "gan-blocks"' }).replace('relu\n', 'relu -> Up\n')}`,
);
write(
  'node_modules/gan-blocks/package.json',
  '{ "name": "gan-blocks", "version": "2.1.0", "license": "ISC", "exports": { ".": { "gan": "./index.gan" } } }',
);
write('node_modules/gan-blocks/index.gan', `gan 1\n\nimport Act from "./act.gan"\n\n${layers}`);
write('node_modules/gan-blocks/act.gan', 'gan 1\n\nmodule Act(x: [H, W, C]) -> [H, W, C] { x -> relu }\n');
write('node_modules/gan-blocks/secret.txt', 'not shared');
write('project/secret.gan', 'gan 1\n');
const file = at('faces.gan.zip');
const read = (name: string) => readFileSync(at(name), 'utf8');

beforeAll(async () => {
  const { out, err, exitCode } = await say(['pack', spec, '-o', file, '--license', 'MIT']);
  expect({ out, exitCode }, err).toEqual({ out: `${file}\n`, exitCode: 0 });
});

test('a bundle holds the spec, what it imports, its defaults and a card, and nothing else of the folder', async () => {
  expect([...readParts(readFileSync(file)).keys()]).toEqual([
    'ganc-bundle.json',
    'README.md',
    'lock.gan',
    'spec/faces.gan',
    'spec/node_modules/gan-blocks/act.gan',
    'spec/node_modules/gan-blocks/index.gan',
    'spec/node_modules/gan-blocks/package.json',
  ]);
  const again = at('again.gan.zip');
  await say(['pack', spec, '-o', again, '--license', 'MIT']);
  expect(Buffer.compare(readFileSync(again), readFileSync(file))).toBe(0);
});

test('unpacked it is a project that checks clean; the lock stands alone', async () => {
  const { out, exitCode } = await say(['unpack', file, '-o', at('laid-out')]);
  expect({ out, exitCode }).toEqual({ out: `${at('laid-out')}\n`, exitCode: 0 });
  expect(read('laid-out/spec/faces.gan')).toBe(read('project/faces.gan'));
  expect((await say(['check', at('laid-out/spec/faces.gan')])).exitCode).toBe(0);
  const lock = await say(['expand', spec]);
  expect(read('laid-out/lock.gan')).toBe(lock.out);
  const card = read('laid-out/README.md');
  expect(card).toMatch(/^# faces\n\nSmall faces\.\n\nLicence: MIT\.\n/);
  expect(card).toContain('| generator G | z: [8] | [16, 16, 3] | 7,067 |');
  expect(card).toContain('faces from `folder("data/faces"');
  expect(card).toContain('- gan-blocks 2.1.0 (licence: ISC)');
  expect(card).toContain('Holds no weights.');
});

test('check, inspect, expand and build take it as it is', async () => {
  const table = (text: string) => text.replaceAll(/\s+/g, ' ');
  expect((await say(['check', file])).exitCode).toBe(0);
  expect(table((await say(['inspect', file])).out)).toBe(table((await say(['inspect', spec])).out));
  expect((await say(['expand', file])).out).toBe((await say(['expand', spec])).out);
  expect((await say(['build', file])).out).toBe((await say(['build', spec])).out);
  expect((await say(['fmt', '--check', file])).exitCode).toBe(0);
});

test.each<[string[], RegExp, number]>([
  [['check', '--fix', file], /faces\.gan\.zip is a bundle, and is not written to/, 2],
  [['fmt', '--write', file], /faces\.gan\.zip is a bundle, and is not written to/, 2],
  [['pack', file], /is a bundle already/, 2],
  [['pack', spec, '--weights'], /--weights needs a run or a checkpoint/, 2],
  [
    ['pack', spec, '--weights', at('none.safetensors')],
    /none\.safetensors cannot be used: it does not exist/,
    2,
  ],
  [['pack', spec, '--license', 'MIT\nor not'], /Give its name on one line/, 2],
  [['pack', at('none.gan')], /none\.gan cannot be read/, 2],
  [['pack', at('node_modules')], /there is no checkpoint in/, 2],
  [['unpack', spec, '-o', at('x')], /faces\.gan is cut short, or is no zip archive/, 2],
  [['unpack', at('none.gan.zip')], /none\.gan\.zip cannot be read: it does not exist/, 2],
  [['unpack', file, '-o', at('project')], /project is not empty/, 1],
  [['unpack', file, '-o', spec], /cannot be unpacked into: a file has that name/, 1],
  [['sample', file], /faces\.gan\.zip holds no weights/, 2],
])('%j', async (argv, message, exitCode) => {
  const said = await say(argv);
  expect(said.err).toMatch(message);
  expect(said.exitCode).toBe(exitCode);
});

test('what could not be unpacked everywhere is not packed', async () => {
  const odd = write('project/a:b.gan', read('project/faces.gan'));
  const { err, exitCode } = await say(['pack', odd, '-o', at('odd.gan.zip')]);
  expect(err).toMatch(
    /it cannot be packed: the bundle has a part that .* cannot be written: "spec\/a:b\.gan"/,
  );
  expect(exitCode).toBe(1);
});

test('what a spec may not read is not packed', async () => {
  write('outside.gan', `gan 1\n\n${layers.replace('Act', 'relu')}`);
  symlinkSync(at('outside.gan'), at('project/link.gan'));
  for (const from of ['../outside.gan', './link.gan']) {
    const climbing = write('project/climbing.gan', read('project/faces.gan').replace('gan-blocks', from));
    const { err, exitCode } = await say(['pack', climbing, '-o', at('climbing.gan.zip')]);
    expect(err).toContain('lies outside');
    expect(exitCode).toBe(1);
  }
});
