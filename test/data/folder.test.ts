import { spawnSync } from 'node:child_process';
import { symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test, vi } from 'vitest';
import { DataError } from '../../runtime/data/data-error.ts';
import { open } from '../../runtime/data/loader.ts';
import { pngChunk } from '../../runtime/media/png-text.ts';
import { UserError } from '../../runtime/user-error.ts';
import { facts } from './facts.ts';
import { emptyFolder, paint, paintPixels, writeFiles } from './workbench.ts';

const image = facts('folder', { path: 'pictures' }, { image: [2, 2, 3] }, [0, 255]);
const classed = (classes: number) =>
  facts('folder', { path: 'pictures' }, { image: [2, 2, 3], class: classes }, [0, 255]);

/** The first value of each image, in the order of the batch. */
const reds = (batch: Record<string, ArrayLike<number>>) =>
  Array.from({ length: batch.image!.length / 12 }, (_, row) => batch.image![12 * row]!);

describe('what is read', () => {
  test('PNG, JPEG and WebP, nested too; hidden files, pipes and other kinds are not', async () => {
    const folder = await emptyFolder();
    await paint(path.join(folder, 'pictures/a.png'), 'rgb(10,0,0)');
    await paint(path.join(folder, 'pictures/b.JPG'), 'rgb(60,0,0)');
    await paint(path.join(folder, 'pictures/deep/er/c.webp'), 'rgb(120,0,0)');
    await paint(path.join(folder, 'pictures/.hidden.png'), 'rgb(200,0,0)');
    await paint(path.join(folder, 'pictures/.thumbs/d.png'), 'rgb(200,0,0)');
    await writeFiles(folder, { 'pictures/readme.txt': 'hello' });
    // A pipe that nobody writes to: reading it would never end.
    spawnSync('mkfifo', [path.join(folder, 'pictures/pipe.png')]);
    const loader = await open(image, folder, { batch: 3, seed: 0 });
    expect(loader.size).toBe(3);
    const found = reds(await loader.batch(0)).sort((a, b) => a - b);
    for (const [i, red] of [10, 60, 120].entries()) expect(Math.abs(found[i]! - red)).toBeLessThan(6);
    await loader.close();
  });

  test('subfolders are classes in natural order, with all that is beneath them', async () => {
    const folder = await emptyFolder();
    await paint(path.join(folder, 'pictures/class2/x.png'), 'rgb(2,0,0)');
    await paint(path.join(folder, 'pictures/class10/x.png'), 'rgb(10,0,0)');
    await paint(path.join(folder, 'pictures/class10/more/y.png'), 'rgb(10,0,0)');
    await paint(path.join(folder, 'pictures/class1/x.png'), 'rgb(1,0,0)');
    await paint(path.join(folder, 'pictures/loose.png'), 'rgb(99,0,0)');
    const warn = vi.fn();
    const loader = await open(classed(3), folder, { batch: 4, seed: 0, warn });
    expect(loader.size).toBe(4);
    const batch = await loader.batch(0);
    expect(reds(batch).map((red) => ({ 1: 0, 2: 1, 10: 2 })[red])).toEqual([...batch.class!]);
    expect(warn.mock.calls).toEqual([
      ['1 image lies directly in pictures and so has no class (loose.png); passed over'],
    ]);
    await loader.close();
  });

  test('pixels arrive exactly, and a larger picture is scaled and cut around its middle', async () => {
    const folder = await emptyFolder();
    const exact = Array.from({ length: 12 }, (_, i) => i * 20);
    await paintPixels(path.join(folder, 'pictures/exact.png'), exact, [2, 2, 3]);
    const loader = await open(image, folder, { batch: 1, seed: 0 });
    expect([...(await loader.batch(0)).image!]).toEqual(exact);
    await loader.close();

    const wide = await emptyFolder();
    // Red, then 4 columns of green, then red again: a square cut from the middle is all green.
    const row = [
      [200, 0, 0],
      [200, 0, 0],
      [0, 90, 0],
      [0, 90, 0],
      [0, 90, 0],
      [0, 90, 0],
      [200, 0, 0],
      [200, 0, 0],
    ];
    await paintPixels(path.join(wide, 'pictures/wide.png'), [row, row, row, row].flat(2), [4, 8, 3]);
    const cut = await open(image, wide, { batch: 1, seed: 0 });
    for (const [i, value] of (await cut.batch(0)).image!.entries()) {
      if (i % 3 === 1) expect(Math.abs(value - 90)).toBeLessThan(8);
    }
    await cut.close();
  });

  test('channels: grey from colour, colour from grey, alpha kept or laid on white, 16 bits, upright', async () => {
    const folder = await emptyFolder();
    await paintPixels(path.join(folder, 'clear/x.png'), [255, 0, 0, 0], [1, 1, 4]);
    await paintPixels(path.join(folder, 'grey/x.png'), [77], [1, 1, 1]);
    await sharp(Uint16Array.from([0, 32896, 65535]), { raw: { width: 1, height: 1, channels: 3 } })
      .toColourspace('rgb16')
      .png()
      .toFile(path.join(folder, 'deep.png'));
    await writeFiles(folder, { 'deep/x.png': await sharp(path.join(folder, 'deep.png')).toBuffer() });
    await writeFiles(folder, {
      'turned/x.jpg': await sharp(Uint8Array.from([0, 0, 0, 255, 255, 255]), {
        raw: { width: 2, height: 1, channels: 3 },
      })
        .withMetadata({ orientation: 6 })
        .jpeg({ quality: 100 })
        .toBuffer(),
    });
    const read = async (name: string, shape: number[]) => {
      const loader = await open(facts('folder', { path: name }, { image: shape }, [0, 255]), folder, {
        batch: 1,
        seed: 0,
      });
      const values = [...(await loader.batch(0)).image!];
      await loader.close();
      return values;
    };
    expect(await read('clear', [1, 1, 3])).toEqual([255, 255, 255]);
    expect(await read('clear', [1, 1, 4])).toEqual([255, 0, 0, 0]);
    expect(await read('grey', [1, 1, 3])).toEqual([77, 77, 77]);
    expect(await read('grey', [1, 1, 4])).toEqual([77, 77, 77, 255]);
    expect(await read('grey', [1, 1, 1])).toEqual([77]);
    expect(await read('deep', [1, 1, 3])).toEqual([0, 128, 255]);
    const turned = await read('turned', [2, 1, 1]);
    expect(turned[0]).toBeLessThan(60);
    expect(turned[1]).toBeGreaterThan(200);
  });

  test('a cache changes nothing but speed', async () => {
    const folder = await emptyFolder();
    for (let i = 0; i < 9; i++) await paint(path.join(folder, `pictures/${i}.png`), `rgb(${20 * i},5,9)`);
    const read = async (cacheBytes: number) => {
      const loader = await open(image, folder, { batch: 4, seed: 3, cacheBytes });
      const batches = [];
      for (let position = 0; position < 6; position++) batches.push(await loader.batch(position));
      await loader.close();
      return batches;
    };
    const without = await read(0);
    expect(await read(30)).toEqual(without);
    expect(await read(1e6)).toEqual(without);
  });
});

describe('what is damaged', () => {
  const damaged = async (count: number, bad: Record<string, Uint8Array | string>) => {
    const folder = await emptyFolder();
    for (let i = 0; i < count; i++) await paint(path.join(folder, `pictures/${i}.png`), `rgb(${i},0,0)`);
    await writeFiles(folder, bad);
    return folder;
  };
  const truncated = async () =>
    (
      await sharp({
        create: {
          width: 64,
          height: 64,
          channels: 3,
          background: 'red',
          noise: { type: 'gaussian', mean: 99, sigma: 40 },
        },
      })
        .png()
        .toBuffer()
    ).subarray(0, 4000);

  test('a corrupt file among good ones is named and passed over, in every run alike', async () => {
    const folder = await damaged(12, {
      'pictures/3.png': await truncated(),
    });
    const read = async () => {
      const warn = vi.fn();
      const loader = await open(image, folder, { batch: 12, seed: 1, warn });
      const first = reds(await loader.batch(0));
      const second = reds(await loader.batch(1));
      await loader.close();
      expect(warn.mock.calls).toEqual([
        [`${path.join(folder, 'pictures/3.png')} is damaged or cut short; passed over`],
      ]);
      return [first, second];
    };
    const [first, second] = await read();
    // 4.png takes its place.
    for (const epoch of [first!, second!]) {
      expect([...epoch].sort((a, b) => a - b)).toEqual([0, 1, 2, 4, 4, 5, 6, 7, 8, 9, 10, 11]);
    }
    expect(await read()).toEqual([first, second]);
  });

  test.each([
    ['is empty', ''],
    ['is not a PNG, JPEG or WebP picture', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['is damaged or cut short', '\x89PNG\r\n\x1a\nand then nothing sensible'],
  ])('a file that %s', async (reason, content) => {
    const folder = await damaged(4, { 'pictures/bad.png': Buffer.from(content, 'latin1') });
    const warn = vi.fn();
    const loader = await open(image, folder, { batch: 5, seed: 0, warn });
    await loader.batch(0);
    await loader.close();
    expect(warn.mock.calls).toEqual([[`${path.join(folder, 'pictures/bad.png')} ${reason}; passed over`]]);
  });

  test('a picture that unfolds to gigabytes is not unfolded', async () => {
    // 40,000 × 40,000 of one colour, a bit each: 4.8 GB as colour, 200 kB as a file.
    const header = Buffer.from([0, 0, 0x9c, 0x40, 0, 0, 0x9c, 0x40, 1, 0, 0, 0, 0]);
    const bomb = Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      pngChunk('IHDR', header),
      pngChunk('IDAT', deflateSync(Buffer.alloc(40_000 * 5001))),
      pngChunk('IEND', Buffer.alloc(0)),
    ]);
    const folder = await damaged(4, { 'pictures/bomb.png': bomb });
    const warn = vi.fn();
    const loader = await open(image, folder, { batch: 5, seed: 0, warn });
    await loader.batch(0);
    await loader.close();
    expect(warn.mock.calls[0]![0]).toContain('bomb.png unfolds to more than 64 million pixels');
  });

  test('too many: more than a tenth', async () => {
    const folder = await damaged(18, { 'pictures/x.png': 'a', 'pictures/y.png': 'b', 'pictures/z.png': 'c' });
    const loader = await open(image, folder, { batch: 21, seed: 0 });
    await expect(loader.batch(0)).rejects.toThrow(
      /^3 of 21 examples cannot be used; the last: .*[xyz]\.png is not a/,
    );
    await expect(loader.batch(1)).rejects.toThrow(DataError);
    await loader.close();
  });

  test('all of them', async () => {
    const folder = await damaged(0, { 'pictures/x.png': 'a' });
    const loader = await open(image, folder, { batch: 1, seed: 0 });
    await expect(loader.batch(0)).rejects.toThrow(/^no example can be used: .*x\.png is not a PNG/);
    await expect(loader.batch(5)).rejects.toThrow(DataError);
    await loader.close();
  });
});

describe('what cannot be opened', () => {
  const refusal = async (set: typeof image, folder: string, dataRoot?: string) => {
    const error = await open(set, folder, { batch: 1, seed: 0, ...(dataRoot ? { dataRoot } : {}) }).then(
      () => null,
      (error) => error,
    );
    expect(error).toBeInstanceOf(UserError);
    return error as UserError & { readonly code: string };
  };

  test('a missing folder, an empty one, a file', async () => {
    const folder = await emptyFolder();
    expect((await refusal(image, folder)).message).toBe(
      `"pictures" is not there: ${path.join(folder, 'pictures')} does not exist`,
    );
    await writeFiles(folder, { 'pictures/notes.txt': '' });
    expect((await refusal(image, folder)).message).toBe(`${path.join(folder, 'pictures')} holds no images`);
    const file = facts('folder', { path: 'pictures/notes.txt' }, { image: [2, 2, 3] });
    expect((await refusal(file, folder)).message).toContain('is a file, but a folder is wanted');
  });

  test('other numbers of classes than declared', async () => {
    const folder = await emptyFolder();
    for (const name of ['cats', 'dogs', 'eels'])
      await paint(path.join(folder, 'pictures', name, '1.png'), 'red');
    const error = await refusal(classed(10), folder);
    expect(error.code).toBe('label-count-mismatch');
    expect(error.message).toBe('set.class is label(10), but pictures has 3 classes: cats, dogs, eels');
    await paint(path.join(folder, 'flat/1.png'), 'red');
    const flat = facts('folder', { path: 'flat' }, { image: [2, 2, 3], class: 2 });
    expect((await refusal(flat, folder)).message).toContain('flat has no folders');
  });

  test('a shape that no picture has', async () => {
    const folder = await emptyFolder();
    await paint(path.join(folder, 'pictures/1.png'), 'red');
    for (const shape of [
      [2, 2, 5],
      [2, 2],
      [4, 2, 2, 3],
    ]) {
      const set = facts('folder', { path: 'pictures' }, { image: shape });
      expect((await refusal(set, folder)).message).toContain(
        `set.image is [${shape.join(', ')}], but images are`,
      );
    }
  });

  test('what lies outside the folder of the spec', async () => {
    const outside = await emptyFolder();
    await paint(path.join(outside, 'pictures/1.png'), 'red');
    const folder = path.join(outside, 'specs');
    await writeFiles(folder, { 'inner/keep.txt': '' });
    for (const written of ['../pictures', 'inner/../../pictures', path.join(outside, 'pictures'), '/']) {
      const set = facts('folder', { path: written }, { image: [2, 2, 3] });
      const error = await refusal(set, folder);
      expect(error.message).toBe(`"${written}" lies outside ${folder}`);
      expect(error.help).toContain('--data-root');
    }
    // A folder whose name merely begins alike is outside too.
    await paint(path.join(outside, 'specs-more/1.png'), 'red');
    const alike = facts('folder', { path: '../specs-more' }, { image: [2, 2, 3] });
    expect((await refusal(alike, folder)).message).toContain('lies outside');
    // The user may widen it.
    for (const written of ['pictures', path.join(outside, 'pictures')]) {
      const set = facts('folder', { path: written }, { image: [2, 2, 3] });
      const loader = await open(set, folder, { batch: 1, seed: 0, dataRoot: outside });
      expect(loader.size).toBe(1);
      await loader.close();
    }
    const above = facts('folder', { path: '../x' }, { image: [2, 2, 3] });
    expect((await refusal(above, folder, outside)).message).toContain('lies outside');
  });

  test('links: inside they are followed, outside refused, in a circle ended, to nowhere named', async () => {
    const outside = await emptyFolder();
    await paint(path.join(outside, 'secret/1.png'), 'red');
    const folder = await emptyFolder();
    await paint(path.join(folder, 'real/1.png'), 'red');
    await symlink(path.join(folder, 'real'), path.join(folder, 'inner'));
    await symlink(path.join(outside, 'secret'), path.join(folder, 'outer'));
    await symlink(path.join(folder, 'gone'), path.join(folder, 'dangling'));
    await symlink(path.join(folder, 'real'), path.join(folder, 'real/again'));
    const at = (written: string) => facts('folder', { path: written }, { image: [2, 2, 3] });
    const loader = await open(at('inner'), folder, { batch: 1, seed: 0 });
    expect(loader.size).toBe(1);
    await loader.close();
    expect((await refusal(at('outer'), folder)).message).toContain('"outer", which leads to');
    expect((await refusal(at('dangling'), folder)).message).toContain('is not there');
    await symlink(path.join(outside, 'secret/1.png'), path.join(folder, 'real/2.png'));
    const error = await refusal(at('real'), folder);
    expect(error.message).toContain(`real/2.png leads to ${path.join(outside, 'secret/1.png')}, outside`);
    await writeFile(path.join(folder, 'plain'), '');
  });
});
