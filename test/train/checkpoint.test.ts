import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type Checkpoint,
  readCheckpoint,
  requireSameSpec,
  stateDifferences,
  writeCheckpoint,
} from '../../runtime/train/checkpoint.ts';
import { readMetadata, readTensors, writeTensors } from '../../runtime/train/checkpoint-file.ts';
import { SafetensorsError } from '../../runtime/train/safetensors.ts';
import { UserError } from '../../runtime/user-error.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ganc-checkpoint-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const checkpoint: Checkpoint = {
  step: 20,
  run: 0,
  steps: 40,
  stage: '16×16',
  seed: 2 ** 40 + 7,
  engine: 'wasm',
  counts: { 'update.D': 40, 'update.G': 20 },
  pretrained: {},
  positions: { points: { batch: 40, epoch: 16 } },
  spec: { text: 'gan 1\n// α → β\n', file: 'spec.gan', imports: {}, hash: 'f'.repeat(64), folder: '/specs' },
  state: new Map([
    ['G/dense/kernel', { shape: [2, 2], values: Float32Array.of(1, -0, 1e-45, 3.4e38) }],
    ['G/dense/bias', { shape: [], values: Float32Array.of(0.1) }],
    ['counter', { shape: [3], values: Int32Array.of(-1, 2 ** 31 - 1, 0) }],
    ['empty', { shape: [0, 4], values: new Float32Array(0) }],
  ]),
};

test('a checkpoint comes back bit for bit, with all that it knows', async () => {
  const file = path.join(folder, 'a.safetensors');
  await writeCheckpoint(file, checkpoint);
  const read = await readCheckpoint(file);
  expect(read).toEqual(checkpoint);
  expect(Object.is(read.state.get('G/dense/kernel')!.values[1], -0)).toBe(true);
  expect(await readMetadata(file)).toMatchObject({ step: '20', engine: 'wasm' });
});

test('the file is a plain safetensors file: length, JSON, tensors', async () => {
  const file = path.join(folder, 'a.safetensors');
  await writeCheckpoint(file, checkpoint);
  const bytes = await readFile(file);
  const length = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.subarray(8, 8 + length).toString('utf8'));
  expect(header['G/dense/kernel']).toEqual({ dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] });
  expect(bytes.readFloatLE(8 + length)).toBe(1);
  expect(bytes.length).toBe(8 + length + 16 + 4 + 12);
});

test('cut anywhere, it is recognised', async () => {
  const file = path.join(folder, 'a.safetensors');
  await writeCheckpoint(file, checkpoint);
  const whole = await readFile(file);
  for (let length = 0; length < whole.length; length += 7) {
    await writeFile(file, whole);
    await truncate(file, length);
    await expect(readCheckpoint(file), `${length} bytes`).rejects.toThrow(SafetensorsError);
  }
});

test('with any one bit changed, it is recognised', async () => {
  const file = path.join(folder, 'a.safetensors');
  await writeCheckpoint(file, checkpoint);
  const whole = await readFile(file);
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length * 8 - 1), async (bit) => {
      const changed = Buffer.from(whole);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      await writeFile(file, changed);
      await expect(readCheckpoint(file)).rejects.toThrow(SafetensorsError);
    }),
    { numRuns: 300 },
  );
});

test('a safetensors file from elsewhere is no checkpoint', async () => {
  const file = path.join(folder, 'a.safetensors');
  await writeTensors(file, { tensors: checkpoint.state, metadata: {} });
  await expect(readTensors(file)).resolves.toBeDefined();
  await expect(readCheckpoint(file)).rejects.toThrow(/does not say its format/);
});

test('a checkpoint of another spec is refused, naming paths and shapes', () => {
  const variables = [
    { path: 'G/dense/kernel', shape: [2, 3], dtype: 'f32', role: 'weight' },
    { path: 'G/dense/bias', shape: [], dtype: 'f32', role: 'weight' },
    { path: 'counter', shape: [3], dtype: 'f32', role: 'slot' },
    { path: 'D/new', shape: [1], dtype: 'f32', role: 'weight' },
  ] as const;
  expect(stateDifferences(checkpoint.state, variables)).toEqual({
    changed: [
      { path: 'G/dense/kernel', saved: [2, 2], wanted: [2, 3], kind: null },
      { path: 'counter', saved: [3], wanted: [3], kind: 'f32' },
    ],
    onlySaved: [{ path: 'empty', shape: [0, 4], near: null }],
    onlyWanted: [{ path: 'D/new', shape: [1], near: null }],
  });
  const other = { ...checkpoint.spec, hash: '0'.repeat(64) };
  const refuse = () => requireSameSpec(checkpoint, other, variables, 'step-20.safetensors');
  expect(refuse).toThrow(UserError);
  expect(refuse).toThrow('step-20.safetensors was trained with a different spec, so its weights do not fit');
  expect(refuse).toThrow(
    expect.objectContaining({
      code: 'checkpoint-mismatch',
      about: 'G/dense/kernel',
      notes: [
        'G/dense/kernel is [2, 2] there and [2, 3] in the spec',
        'counter is of another kind there than in the spec (f32)',
        'only there: empty [0, 4]',
        'only in the spec: D/new [1]',
      ],
    }),
  );
});

test('what is kept for a weight is not listed beside it, and names that are near are', () => {
  const stored = (path: string, shape: number[]) =>
    [path, { shape, values: new Float32Array(shape.reduce((a, b) => a * b, 1)) }] as const;
  const state = new Map([
    stored('G/dense/kernel', [2, 2]),
    stored('adam/G/dense/kernel/m', [2, 2]),
    stored('ema/G/dense/kernel', [2, 2]),
    stored('adam/D/conv2d/kernel/m', [3]),
  ]);
  const variables = [
    { path: 'G/dense.2/kernel', shape: [2, 2], dtype: 'f32', role: 'weight' },
    { path: 'adam/G/dense.2/kernel/m', shape: [2, 2], dtype: 'f32', role: 'slot' },
    { path: 'adam/D/conv2d/kernel/m', shape: [4], dtype: 'f32', role: 'slot' },
  ] as const;
  expect(stateDifferences(state, variables)).toEqual({
    changed: [{ path: 'adam/D/conv2d/kernel/m', saved: [3], wanted: [4], kind: null }],
    onlySaved: [{ path: 'G/dense/kernel', shape: [2, 2], near: 'G/dense.2/kernel' }],
    onlyWanted: [{ path: 'G/dense.2/kernel', shape: [2, 2], near: 'G/dense/kernel' }],
  });
});

test('a spec whose weights fit but which means something else is refused too', () => {
  const variables = [...checkpoint.state].map(([at, { shape, values }]) => ({
    path: at,
    shape,
    dtype: values instanceof Float32Array ? ('f32' as const) : ('i32' as const),
    role: 'weight' as const,
  }));
  expect(() => requireSameSpec(checkpoint, checkpoint.spec, variables, 'x')).not.toThrow();
  const other = { ...checkpoint.spec, hash: '0'.repeat(64) };
  expect(() => requireSameSpec(checkpoint, other, variables, 'x')).toThrow(/its weights fit/);
});
