import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { readCheckpoint } from '../../runtime/train/checkpoint.ts';
import type { TrainingEvent } from '../../runtime/train/events.ts';
import { useGanc } from '../cli/ganc.ts';
import { describeOn } from '../engines/on-each-engine.ts';
import { fill, numbers, save } from './keras.ts';
import { tinyVgg } from './tiny-vgg.ts';

// The example as it stands, on a few photos, with a network of four layers in the place of VGG 19.

const SPEC = path.resolve(import.meta.dirname, '../../examples/super-resolution/super-resolution.gan');
const ganc = useGanc();
const at = (...parts: string[]) => path.join(ganc.folder, ...parts);
const model = () => at('models/vgg19/model.json');

async function photo(file: string, seed: number): Promise<void> {
  const values = numbers(64 * 64 * 3, seed).map((value) => Math.round(127.5 * (value + 1)));
  const raw = { width: 64, height: 64, channels: 3 as const };
  await writeFile(
    file,
    await sharp(Buffer.from(Uint8Array.from(values)), { raw })
      .png()
      .toBuffer(),
  );
}

beforeAll(async () => {
  await mkdir(at('data/photos'), { recursive: true });
  for (let index = 0; index < 4; index++) await photo(at(`data/photos/${index}.png`), index + 1);
  await save(fill(tinyVgg()), at('models/vgg19'));
  await writeFile(at('super-resolution.gan'), await readFile(SPEC));
});

test('ganc check finds nothing wrong with it, and says what is missing where the model is', async () => {
  const { out, err, exitCode } = await ganc.run(['check', 'super-resolution.gan']);
  expect({ out, exitCode }, out).toEqual({ out: '', exitCode: 0 });
  expect(err).toContain('is clean');
  const alone = await ganc.run(['check', SPEC]);
  expect(alone.exitCode).toBe(1);
  expect(alone.out).toContain('error[pretrained-unusable]: "models/vgg19/model.json" is not there');
  for (const command of ['check', 'inspect', 'expand', 'build', 'pack']) {
    const there = await ganc.run([command, SPEC, '--data-root', '.']);
    expect(there, there.err).toMatchObject({ exitCode: 0 });
  }
});

describeOn(['wasm', 'tensorflow'], 'the example', (engine) => {
  const settings = ['--set', 'ch=4', '--engine', engine];

  test('trains, saves no frozen weights, and goes on only with the same ones', async () => {
    const argv = ['train', 'super-resolution.gan', ...settings, '--steps', '3', '--out', engine, '--json'];
    const { out, err, exitCode } = await ganc.run(argv);
    expect(exitCode, err).toBe(0);
    const events = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as TrainingEvent);
    const steps = events.filter((event) => event.event === 'step');
    expect(steps.map(({ step }) => step)).toEqual([1, 2, 3]);
    for (const { losses } of steps) expect(Object.keys(losses)).toEqual(['loss D', 'loss G']);

    const checkpoint = await readCheckpoint(at(engine, 'checkpoints/step-00000003.safetensors'));
    expect([...checkpoint.state.keys()].filter((name) => name.includes('vgg'))).toEqual([]);
    expect(Object.keys(checkpoint.pretrained)).toEqual(['vgg']);

    const on = await ganc.run(['train', engine, '--resume', '--steps', '4', '--engine', engine]);
    expect(on.exitCode, on.err).toBe(0);
    await save(tinyVgg(), at('models/vgg19'));
    try {
      const other = await ganc.run(['train', engine, '--resume', '--steps', '5', '--engine', engine]);
      expect(other.exitCode).toBe(1);
      expect(other.err).toContain('was trained with other weights in vgg than its files hold now');
    } finally {
      await save(fill(tinyVgg()), at('models/vgg19'));
    }
    const sampled = await ganc.run([
      'sample',
      engine,
      '--grid',
      '1x2',
      '--out',
      `${engine}.png`,
      '--engine',
      engine,
    ]);
    expect(sampled.exitCode, sampled.err).toBe(0);
    const { width, height } = await sharp(at(`${engine}.png`)).metadata();
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(64);
  });
});

test('a model that is taken away', async () => {
  const text = await readFile(model());
  await writeFile(model(), text.subarray(0, 100));
  const { err, exitCode } = await ganc.run(['train', 'super-resolution.gan', '--out', 'gone']);
  expect(exitCode).toBe(1);
  expect(err).toContain('models/vgg19/model.json is not JSON');
});
