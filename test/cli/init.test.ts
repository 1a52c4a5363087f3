import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { check } from '../../compiler/index.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { say } from './fake-terminal.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ganc-init-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test.each(['digits', 'ring'])('the spec made from %s is clean and can be trained', async (template) => {
  const name = path.join(folder, 'mine');
  const { out, err, exitCode } = await say(['init', name, '--template', template]);
  expect({ out, exitCode }).toEqual({ out: `${name}.gan\n`, exitCode: 0 });
  expect(err).toContain(`ganc train ${name}.gan`);
  const text = await readFile(`${name}.gan`, 'utf8');
  const { diagnostics, model } = check(new SourceFile('mine.gan', text));
  expect(diagnostics).toEqual([]);
  expect(model!.training!.steps).toBeGreaterThan(100);
});

test('a file that is there is left alone', async () => {
  const name = path.join(folder, 'mine.gan');
  await say(['init', name]);
  const before = await readFile(name, 'utf8');
  const { err, exitCode } = await say(['init', name, '--template', 'ring']);
  expect(exitCode).toBe(1);
  expect(err).toMatch(/mine\.gan exists already/);
  expect(await readFile(name, 'utf8')).toBe(before);
});

test('a place that cannot be written is named', async () => {
  const { err, exitCode } = await say(['init', path.join(folder, 'none', 'mine')]);
  expect(exitCode).toBe(1);
  expect(err).toMatch(/none\/mine\.gan cannot be written: it does not exist.*create the folder/s);
});
