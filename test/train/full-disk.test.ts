import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Checkpoint } from '../../runtime/train/checkpoint.ts';
import { CheckpointFolder } from '../../runtime/train/checkpoint-folder.ts';
import { EventLog } from '../../runtime/train/events.ts';
import { RunFolder } from '../../runtime/train/run-folder.ts';

/** Linux has a device that is always full: what is written to a link to it meets a full disk. */
const FULL = '/dev/full';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ganc-full-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const checkpoint = (step: number): Checkpoint => ({
  step,
  run: 0,
  steps: 40,
  stage: null,
  seed: 1,
  engine: 'cpu',
  counts: {},
  pretrained: {},
  positions: {},
  spec: { text: 'gan 1\n', file: 'spec.gan', imports: {}, hash: '', folder: '/' },
  state: new Map([['G/w', { shape: [2], values: Float32Array.of(step, 0) }]]),
});

test.runIf(existsSync(FULL))('a checkpoint that finds the disk full leaves the ones before', async () => {
  const checkpoints = new CheckpointFolder(path.join(folder, 'checkpoints'));
  for (const step of [10, 20]) await checkpoints.write(checkpoint(step));
  const unfinished = path.join(checkpoints.folder, `step-00000030.safetensors.${process.pid}.part`);
  await symlink(FULL, unfinished);
  await expect(checkpoints.write(checkpoint(30))).rejects.toMatchObject({
    message: expect.stringMatching(/checkpoint of step 30 cannot be written to .*: the disk is full$/),
    help: expect.stringMatching(/make room, then go on with --resume/),
  });
  expect((await readdir(checkpoints.folder)).sort()).toEqual([
    'step-00000010.safetensors',
    'step-00000020.safetensors',
  ]);
  const found = await checkpoints.latest(() => {}, false);
  expect(found!.checkpoint).toEqual(checkpoint(20));
  // Once there is room it goes on.
  await checkpoints.write(checkpoint(30));
  expect((await checkpoints.latest(() => {}, false))!.checkpoint.step).toBe(30);
});

test.runIf(existsSync(FULL))('so do pictures and the log, by name', async () => {
  const run = new RunFolder(folder);
  const picture = run.picture(10, null);
  await mkdir(path.dirname(picture));
  await symlink(FULL, `${picture}.${process.pid}.part`);
  await expect(run.write(picture, 'png')).rejects.toThrow(
    /step-00000010\.png cannot be written: the disk is full/,
  );
  await symlink(FULL, run.events);
  const log = new EventLog(run.events, null);
  expect(() => log.write({ event: 'interrupted', step: 1 })).toThrow(
    /events\.jsonl cannot be written: the disk is full/,
  );
  log.close();
});
