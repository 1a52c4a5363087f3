import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LOCK, lockRun } from '../../runtime/train/run-lock.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ganc-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const leave = (holder: object) => writeFile(path.join(folder, LOCK), JSON.stringify(holder));

test('while one holds it, another is told who; afterwards nothing is left', async () => {
  const unlock = await lockRun(folder);
  await expect(lockRun(folder)).rejects.toMatchObject({
    message: `${folder} is being trained by process ${process.pid}`,
    help: expect.stringContaining(path.join(folder, LOCK)),
  });
  await unlock();
  expect(await readdir(folder)).toEqual([]);
  await (await lockRun(folder))();
});

test('of two at once one gets it', async () => {
  const outcomes = await Promise.allSettled([lockRun(folder), lockRun(folder)]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('a process that was killed holds nothing, even before its parent has noticed', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  const holder = { host: hostname(), pid: child.pid, started: null };
  await leave(holder);
  await expect(lockRun(folder)).rejects.toThrow(`process ${child.pid}`);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await (await lockRun(folder))();
});

test.each([
  ['another machine', { host: `not-${hostname()}`, pid: process.pid, started: null }],
  ['no process at all', { host: hostname(), pid: 0, started: null }],
  ['half a line', '{"host":'],
  ['nothing', ''],
])('a lock that names %s does not count', async (_, content) => {
  if (typeof content === 'string') await writeFile(path.join(folder, LOCK), content);
  else await leave(content);
  const unlock = await lockRun(folder);
  expect(JSON.parse(await readFile(path.join(folder, LOCK), 'utf8'))).toMatchObject({ pid: process.pid });
  await unlock();
});

test.runIf(process.platform === 'linux')(
  'neither does one of an earlier process of the same number',
  async () => {
    await leave({ host: hostname(), pid: process.pid, started: '1' });
    await (await lockRun(folder))();
  },
);

test('a folder that is not there is named', async () => {
  await expect(lockRun(path.join(folder, 'none'))).rejects.toThrow(/none\/lock cannot be written/);
});
