import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readBundle } from '../../runtime/share/read-bundle.ts';
import { readCheckpoint } from '../../runtime/train/checkpoint.ts';
import { useGanc } from './ganc.ts';
import { smallSpec } from './small-spec.ts';

const ganc = useGanc();
const at = (...parts: string[]) => path.join(ganc.folder, ...parts);
const checkpoint = (run: string, step: number) =>
  readCheckpoint(at(run, `checkpoints/step-${String(step).padStart(8, '0')}.safetensors`));
const quick = ['--threads', '2'];

const layers = `gan 1

param slope = 0.2
module Judge(x: [N], units: int) -> [1] { x -> dense(units) -> leaky_relu(slope) -> dense(1) }
`;
const spec = smallSpec
  .replace(
    'param width = 8',
    'import Judge from "./parts/layers.gan"\nimport base from "gan-sizes"\n\nparam width = 2*base',
  )
  .replace('x -> dense(width) -> leaky_relu(0.2) -> dense(1)', 'x -> Judge(8)');

async function writeAll(): Promise<void> {
  await mkdir(at('parts'), { recursive: true });
  await mkdir(at('node_modules/gan-sizes'), { recursive: true });
  await writeFile(at('parts/layers.gan'), layers);
  await writeFile(
    at('node_modules/gan-sizes/package.json'),
    '{ "exports": { ".": { "gan": "./index.gan" } } }',
  );
  await writeFile(at('node_modules/gan-sizes/index.gan'), 'gan 1\n\nparam base = 4\n');
  await writeFile(at('main.gan'), spec);
}
beforeAll(writeAll);

test('a run keeps what it imports: it goes on and is sampled from its folder alone, bit for bit', async () => {
  const whole = await ganc.run(['train', 'main.gan', '--out', 'whole', '--steps', '8', ...quick]);
  expect(whole.exitCode, whole.err).toBe(0);
  const half = await ganc.run([
    'train',
    'main.gan',
    '--out',
    'half',
    '--steps',
    '4',
    '--set',
    'base=4',
    ...quick,
  ]);
  expect(half.exitCode, half.err).toBe(0);
  expect((await readdir(at('half/spec'), { recursive: true })).sort()).toEqual([
    'main.gan',
    'node_modules',
    'node_modules/gan-sizes',
    'node_modules/gan-sizes/index.gan',
    'node_modules/gan-sizes/package.json',
    'parts',
    'parts/layers.gan',
  ]);
  await rm(at('main.gan'));
  await rm(at('parts'), { recursive: true });
  await rm(at('node_modules'), { recursive: true });
  const more = await ganc.run(['train', 'half', '--resume', '--steps', '8', ...quick]);
  expect(more.exitCode, more.err).toBe(0);
  expect((await checkpoint('half', 8)).state).toEqual((await checkpoint('whole', 8)).state);
  const sampled = await ganc.run(['sample', 'half', '--out', 's.png', ...quick]);
  expect(sampled.exitCode, sampled.err).toBe(0);
  expect((await ganc.run(['check', 'half/spec/main.gan'])).exitCode).toBe(0);
  await writeAll();
});

test('--set reaches an imported param, and the run keeps it so', async () => {
  const { exitCode, err } = await ganc.run([
    'train',
    'main.gan',
    '--out',
    'set',
    '--steps',
    '1',
    '--set',
    'base=3',
    ...quick,
  ]);
  expect(exitCode, err).toBe(0);
  expect(await readFile(at('set/spec/node_modules/gan-sizes/index.gan'), 'utf8')).toContain('param base = 3');
  expect((await checkpoint('set', 1)).state.get('G/dense/kernel')!.shape).toEqual([2, 6]);
});

test('a run does not go on with another meaning of what it imports; a comment changes none', async () => {
  const { exitCode, err } = await ganc.run(['train', 'main.gan', '--out', 'mine', '--steps', '2', ...quick]);
  expect(exitCode, err).toBe(0);
  const resume = ['train', 'main.gan', '--out', 'mine', '--resume', '--steps', '3', ...quick];
  await writeFile(
    at('parts/layers.gan'),
    `${layers}// a comment\nmodule Unused(x: [N]) -> [N] { x -> tanh }\n`,
  );
  expect((await ganc.run(resume)).exitCode).toBe(0);
  await writeFile(at('parts/layers.gan'), layers.replace('0.2', '0.3'));
  const other = await ganc.run(['train', 'main.gan', '--out', 'mine', '--resume', '--steps', '4', ...quick]);
  expect(other.exitCode).toBe(1);
  expect(other.err).toContain('was trained with a different spec');
  await writeAll();
});

test('a run is packed with its weights, and sampled from the bundle as from the run', async () => {
  const { exitCode, err } = await ganc.run([
    'train',
    'main.gan',
    '--out',
    'packed',
    '--steps',
    '20',
    ...quick,
  ]);
  expect(exitCode, err).toBe(0);
  const pack = (out: string) => ganc.run(['pack', 'packed', '--weights', '--license', 'CC0-1.0', '-o', out]);
  expect(await pack('a.gan.zip')).toMatchObject({ exitCode: 0, out: 'a.gan.zip\n' });
  await pack('b.gan.zip');
  const bytes = await readFile(at('a.gan.zip'));
  expect(bytes.equals(await readFile(at('b.gan.zip')))).toBe(true);
  // No optimizer: the sampling state alone.
  const { weights, samples } = readBundle(bytes);
  expect([...weights!.state.keys()].some((name) => name.startsWith('adam/'))).toBe(false);
  expect([...weights!.state.keys()].some((name) => name.startsWith('ema/G/'))).toBe(true);
  expect([...samples.keys()]).toEqual(['step-00000020.png']);
  await ganc.run(['sample', 'packed', '--out', 'from-run.png', ...quick]);
  const sampled = await ganc.run(['sample', 'a.gan.zip', '--out', 'from-bundle.png', ...quick]);
  expect(sampled.exitCode, sampled.err).toBe(0);
  expect((await readFile(at('from-bundle.png'))).equals(await readFile(at('from-run.png')))).toBe(true);
  const other = await ganc.run([
    'pack',
    'main.gan',
    '--set',
    'base=5',
    '--weights',
    'packed',
    '-o',
    'c.gan.zip',
  ]);
  expect(other.exitCode).toBe(1);
  expect(other.err).toContain('was trained with a different spec');
});

test('a bundle is trained as it is, and its run goes on without it', async () => {
  await ganc.run(['pack', 'main.gan', '-o', 'train.gan.zip']);
  const { exitCode, err } = await ganc.run([
    'train',
    'train.gan.zip',
    '--out',
    'unbundled',
    '--steps',
    '4',
    ...quick,
  ]);
  expect(exitCode, err).toBe(0);
  await rm(at('train.gan.zip'));
  const more = await ganc.run(['train', 'unbundled', '--resume', '--steps', '8', ...quick]);
  expect(more.exitCode, more.err).toBe(0);
  expect((await checkpoint('unbundled', 8)).state).toEqual((await checkpoint('whole', 8)).state);
});
