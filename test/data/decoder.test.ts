import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DecodeError, decode } from '../../runtime/data/decode.ts';
import { WorkerDecoder } from '../../runtime/data/decoder.ts';
import { emptyFolder, paint, writeFiles } from './workbench.ts';

let folder: string;
let built: string;
beforeAll(async () => {
  folder = await emptyFolder();
  for (let i = 0; i < 20; i++) {
    await paint(path.join(folder, `${i}.png`), `rgb(${i},${2 * i},9)`, { width: 40, height: 30 });
  }
  await writeFiles(folder, { 'bad.png': Buffer.from('\x89PNG\r\n\x1a\n', 'latin1') });
  // Bundled as the package is, inside the project so that `sharp` is found.
  built = path.resolve('node_modules/.cache/ganc-test', path.basename(folder));
  await build({
    entryPoints: {
      'decode-worker': 'runtime/data/decode-worker.ts',
      loader: 'runtime/data/loader.ts',
    },
    outdir: built,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'silent',
  });
});

afterAll(() => rm(built, { recursive: true }));

const request = (file: string) => ({ file: path.join(folder, file), height: 8, width: 8, channels: 3 });

describe('threads', () => {
  test('decode what the main thread decodes, bit for bit, and keep answers apart', async () => {
    const decoder = new WorkerDecoder(path.join(built, 'decode-worker.js'), 2);
    const files = Array.from({ length: 20 }, (_, i) => `${i}.png`);
    const images = await Promise.all(files.map((file) => decoder.decode(request(file))));
    for (const [i, image] of images.entries()) {
      const here = await decode(request(files[i]!));
      expect([...image.pixels]).toEqual([...here.pixels]);
      expect([image.fileWidth, image.fileHeight]).toEqual([40, 30]);
    }
    await decoder.close();
  });

  test('name what is wrong as the main thread does', async () => {
    const decoder = new WorkerDecoder(path.join(built, 'decode-worker.js'), 1);
    const reasons = [];
    for (const file of ['bad.png', 'gone.png']) {
      const error = await decoder.decode(request(file)).catch((error) => error);
      expect(error).toBeInstanceOf(DecodeError);
      reasons.push(error.message);
    }
    expect(reasons).toEqual(['is damaged or cut short', 'was there at first and is gone']);
    await decoder.close();
  });

  test('end with close, also those still at work, and decode no more', async () => {
    const decoder = new WorkerDecoder(path.join(built, 'decode-worker.js'), 2);
    const pending = Array.from({ length: 10 }, (_, i) => decoder.decode(request(`${i}.png`)));
    const outcome = Promise.allSettled(pending);
    await decoder.close();
    await outcome;
    await expect(decoder.decode(request('1.png'))).rejects.toThrow('closed');
  });

  test('that cannot start reject what was asked of them', async () => {
    const decoder = new WorkerDecoder(path.join(built, 'missing.js'), 1);
    await expect(decoder.decode(request('1.png'))).rejects.toThrow();
    await decoder.close();
  });
});

describe('a process that loads images', () => {
  const run = async (ending: string) => {
    const script = `
      import { open } from ${JSON.stringify(path.join(built, 'loader.js'))};
      const args = { path: '.' };
      const loader = await open({
        name: 'set', source: { name: 'folder' },
        args: { has: (name) => name in args, raw: (name) => args[name] },
        fields: [{ name: 'image', type: { shape: [8, 8, 3], range: { low: 0, high: 255 }, label: null } }],
      }, ${JSON.stringify(folder)}, { batch: 4, seed: 0, warn: () => {} });
      const { image } = await loader.batch(0);
      console.log(loader.size, image.length, image[2]);
      ${ending}`;
    const started = Date.now();
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      timeout: 60_000,
    });
    return { stdout, seconds: (Date.now() - started) / 1000 };
  };

  test.each([
    ['when the loader is closed', 'await loader.close();'],
    ['when it was never closed', ''],
    ['when it is ended in the middle', 'process.exit(0);'],
  ])('ends by itself %s', async (_, ending) => {
    const { stdout, seconds } = await run(ending);
    expect(stdout.trim()).toBe('21 768 9');
    expect(seconds).toBeLessThan(30);
  });
});
