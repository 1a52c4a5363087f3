import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ModelError } from '../../compiler/pretrained/model-error.ts';
import { readModelFile } from '../../runtime/pretrained/model-file.ts';
import { readTensor } from '../../runtime/pretrained/read-tensor.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'ganc-model-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = () => path.join(folder, 'model.json');

function write(weightsManifest: unknown, more: object = {}): void {
  writeFileSync(file(), JSON.stringify({ modelTopology: {}, weightsManifest, ...more }));
}

function shard(name: string, bytes: Uint8Array): void {
  writeFileSync(path.join(folder, name), bytes);
}

const floats = (...values: readonly number[]) => new Uint8Array(Float32Array.from(values).buffer);
const one = (weights: readonly object[], paths = ['w.bin']) => [{ paths, weights }];

function problem(): string {
  try {
    readModelFile(file());
  } catch (error) {
    if (error instanceof ModelError) return error.message;
    throw error;
  }
  return 'none';
}

const read = (name: string) => readTensor(readModelFile(file()).tensors.get(name)!);

describe('numbers', () => {
  test('of tensors that lie across several files', async () => {
    const bytes = floats(1, 2, 3, 4, 5);
    shard('a.bin', bytes.subarray(0, 7));
    shard('b.bin', bytes.subarray(7, 9));
    shard('c.bin', bytes.subarray(9));
    const weights = [
      { name: 'x', shape: [2], dtype: 'float32' },
      { name: 'y', shape: [3, 1], dtype: 'float32' },
    ];
    write(one(weights, ['a.bin', 'b.bin', 'c.bin']));
    expect([...(await read('x'))]).toEqual([1, 2]);
    expect([...(await read('y'))]).toEqual([3, 4, 5]);
  });

  test('in one byte, in two, and in half precision', async () => {
    const bytes = Buffer.alloc(2 + 4 + 12);
    bytes.set([0, 200], 0);
    bytes.writeUInt16LE(0, 2);
    bytes.writeUInt16LE(65535, 4);
    for (const [index, bits] of [0x3c00, 0xc100, 0x0001, 0x8000, 0x7bff, 0x0400].entries())
      bytes.writeUInt16LE(bits, 6 + 2 * index);
    shard('w.bin', bytes);
    write(
      one([
        { name: 'u8', shape: [2], dtype: 'float32', quantization: { dtype: 'uint8', scale: 0.5, min: -1 } },
        { name: 'u16', shape: [2], dtype: 'float32', quantization: { dtype: 'uint16', scale: 2, min: 1 } },
        { name: 'f16', shape: [6], dtype: 'float32', quantization: { dtype: 'float16' } },
      ]),
    );
    expect([...(await read('u8'))]).toEqual([-1, 99]);
    expect([...(await read('u16'))]).toEqual([1, 131071]);
    expect([...(await read('f16'))]).toEqual([1, -2.5, 2 ** -24, -0, 65504, 2 ** -14]);
  });

  test('that are not finite are refused', async () => {
    shard('w.bin', floats(1, Number.NaN));
    write(one([{ name: 'x', shape: [2], dtype: 'float32' }]));
    await expect(read('x')).rejects.toThrow('not finite');
  });

  test('of another kind are stepped over, and refused when they are asked for', async () => {
    shard('w.bin', new Uint8Array([7, 0, 0, 0, ...floats(3)]));
    write(
      one([
        { name: 'steps', shape: [], dtype: 'int32' },
        { name: 'x', shape: [1], dtype: 'float32' },
      ]),
    );
    expect([...(await read('x'))]).toEqual([3]);
    await expect(read('steps')).rejects.toThrow('keeps its weight steps as int32');
  });

  test('of a file that was cut after it was looked at', async () => {
    shard('w.bin', floats(1, 2));
    write(one([{ name: 'x', shape: [2], dtype: 'float32' }]));
    const { tensors } = readModelFile(file());
    shard('w.bin', floats(1));
    await expect(readTensor(tensors.get('x')!)).rejects.toThrow('became shorter');
  });
});

describe('files that are refused', () => {
  const x = { name: 'x', shape: [2], dtype: 'float32' };

  test('what is no model', () => {
    writeFileSync(file(), '{');
    expect(problem()).toBe('is not JSON');
    writeFileSync(file(), `{"modelTopology": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    expect(problem()).toBe('is nested more than 200 deep');
    writeFileSync(file(), '[]');
    expect(problem()).toBe('does not describe a model');
    writeFileSync(file(), '{"format": "graph-model"}');
    expect(problem()).toContain('is a graph model');
    writeFileSync(file(), '{"modelTopology": {"node": []}, "weightsManifest": []}');
    expect(problem()).toContain('is a graph model');
    writeFileSync(file(), '{"modelTopology": {}}');
    expect(problem()).toContain('no TensorFlow.js Layers model');
  });

  test.each(['../w.bin', '/etc/passwd', 'a/../../w.bin', 'https://example.org/w.bin', 'a\\w.bin', '', 3])(
    'weights in %j',
    (name) => {
      shard('w.bin', floats(1, 2));
      write(one([x], [name as string]));
      expect(problem()).toContain('only files beside it are read');
    },
  );

  test('weights behind a link that leads out of the folder', () => {
    symlinkSync('/etc/hostname', path.join(folder, 'w.bin'));
    write(one([x]));
    expect(problem()).toContain('a link that leads out of its folder');
  });

  test('weights that are not there, or in a folder', () => {
    write(one([x]));
    expect(problem()).toContain('keeps weights in w.bin, which is not there');
    write(one([x], ['.']));
    expect(problem()).toMatch(/leads out of its folder|not a file/);
  });

  test('sizes that do not agree', () => {
    shard('w.bin', floats(1, 2, 3));
    write(one([x]));
    expect(problem()).toBe('lists weights of 8 bytes, and w.bin has 12');
  });

  test.each([
    [{ shape: [2], dtype: 'float32' }, 'without a name'],
    [{ name: 'x', shape: [-2], dtype: 'float32' }, 'the shape [-2]'],
    [{ name: 'x', shape: [2 ** 40], dtype: 'float32' }, 'the shape [1099511627776]'],
    [{ name: 'x', shape: [2], dtype: 'string' }, 'as "string", which cannot be read'],
    [
      { name: 'x', shape: [8], dtype: 'float32', quantization: { dtype: 'uint4', scale: 1, min: 0 } },
      'quantised',
    ],
    [
      { name: 'x', shape: [8], dtype: 'float32', quantization: { dtype: 'uint8', scale: null, min: 0 } },
      'quantised',
    ],
  ])('%j', (entry, message) => {
    shard('w.bin', floats(1, 2));
    write(one([entry]));
    expect(problem()).toContain(message);
  });

  test('a weight that is listed twice, and a manifest that is none', () => {
    shard('w.bin', floats(1, 2, 3, 4));
    write(one([x, x]));
    expect(problem()).toBe('lists the weight x twice');
    write({});
    expect(problem()).toContain('not a list');
    write([{ paths: 'w.bin', weights: [] }]);
    expect(problem()).toContain('which of its weights are in which file');
  });
});
