import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeFolders } from '../../runtime/train/make-folders.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ganc-folders-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('missing folders are made, those that are there stay', async () => {
  const deep = path.join(folder, 'a', 'b', 'c');
  await makeFolders(deep);
  await makeFolders(deep);
  expect((await stat(deep)).isDirectory()).toBe(true);
});

test('two at once make the same folders', async () => {
  const names = ['x', 'y', 'x', 'y'].map((name) => path.join(folder, 'both', name, 'z'));
  await Promise.all(names.map(makeFolders));
  for (const name of names) expect((await stat(name)).isDirectory()).toBe(true);
});

test('a file in the way is an error', async () => {
  const file = path.join(folder, 'file');
  await writeFile(file, '');
  await expect(makeFolders(file)).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolders(path.join(file, 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

// There Node's own recursive mkdir tries for ever.
test.runIf(process.platform === 'linux')(
  'a folder that refuses new ones is an error, and no hang',
  async () => {
    await expect(makeFolders('/proc/1/run')).rejects.toMatchObject({
      code: expect.stringMatching(/^(ENOENT|EACCES)$/),
    });
  },
);
