import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { gridPng } from '../../runtime/media/grid.ts';
import { readStamp } from '../../runtime/media/stamp.ts';
import { drawHistory } from '../../runtime/train/history.ts';
import { RunFolder } from '../../runtime/train/run-folder.ts';

async function runWith(outputs: readonly (string | null)[], steps: readonly number[]): Promise<RunFolder> {
  const run = new RunFolder(await mkdtemp(path.join(tmpdir(), 'ganc-history-')));
  for (const output of outputs) {
    for (const step of steps) {
      const samples = { values: new Float32Array(16), shape: [2, 2, 1], range: { low: -1, high: 1 } };
      const png = await gridPng(samples, { stamp: { spec: 's', seed: 1, step } });
      await run.write(run.picture(step, output), png);
    }
  }
  return run;
}

test('one picture out of the grids of a run', async () => {
  const run = await runWith([null], [10, 20, 30]);
  expect(await drawHistory(run)).toEqual([path.join(run.folder, 'history.png')]);
  expect(readStamp(await readFile(path.join(run.folder, 'history.png')))).toEqual({
    spec: 's',
    seed: 1,
    step: 30,
  });
});

test('one for each output', async () => {
  const run = await runWith(['G', 'F.image'], [10, 20]);
  expect((await drawHistory(run)).map((file) => path.basename(file)).sort()).toEqual([
    'history-F.image.png',
    'history-G.png',
  ]);
});

test('none where there is nothing to compare', async () => {
  const run = await runWith([null], [10]);
  expect(await drawHistory(run)).toEqual([]);
  expect(await readdir(run.folder)).toEqual(['samples']);
  expect(await drawHistory(new RunFolder(path.join(run.folder, 'nowhere')))).toEqual([]);
});
