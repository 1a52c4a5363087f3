import { execFile } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import type { TrainingEvent } from '../../runtime/train/events.ts';
import { useGanc } from '../cli/ganc.ts';
import { fill, save } from '../pretrained/keras.ts';
import { tinyVgg } from '../pretrained/tiny-vgg.ts';

// Every mended spec of the example trains, small, on the pictures that its script draws.

const FOLDER = path.resolve(import.meta.dirname, '../../examples/article');
const ganc = useGanc();
const at = (...parts: string[]) => path.join(ganc.folder, ...parts);

beforeAll(async () => {
  await mkdir(at('article'));
  const script = path.join(FOLDER, 'make-data.js');
  await promisify(execFile)(process.execPath, [script, at('article/data'), '32', '32']);
  await save(fill(tinyVgg()), at('article/models/vgg19'));
});

test.each([
  ['video-frames', ['size=16', 'ch=2'], ['D', 'G']],
  ['video-frames-perceptual', ['size=16', 'ch=2'], ['D', 'G']],
  ['video-training', ['frames=8', 'size=8', 'ch=2'], ['D', 'G']],
  ['stable-training', ['ch=2'], ['D', 'G']],
  ['images', ['ch=2'], ['D', 'G']],
  ['multi-scale', ['ch=2'], ['Coarse', 'Fine', 'G']],
])('%s trains', async (name, settings, updates) => {
  await cp(path.join(FOLDER, `${name}.gan`), at(`article/${name}.gan`));
  const set = settings.flatMap((setting) => ['--set', setting]);
  const argv = ['train', `article/${name}.gan`, ...set, '--steps', '3', '--engine', 'wasm', '--json'];
  const { out, err, exitCode } = await ganc.run([...argv, '--out', name]);
  expect(exitCode, err).toBe(0);
  const events = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as TrainingEvent);
  const steps = events.filter((event) => event.event === 'step');
  expect(steps.map(({ step }) => step)).toEqual([1, 2, 3]);
  for (const { losses } of steps) {
    expect(Object.keys(losses)).toEqual(updates.map((update) => `loss ${update}`));
    expect(Object.values(losses).every((loss) => Number.isFinite(loss))).toBe(true);
  }
});
