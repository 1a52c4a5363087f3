import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { open } from '../../runtime/data/loader.ts';
import { facts } from './facts.ts';
import { emptyFolder, paint } from './workbench.ts';

const clips = (frames: number) =>
  facts('frames_folder', { path: '.' }, { video: [frames, 2, 2, 3] }, [0, 255]);

/** The red of every frame, by clip. */
const reds = (video: ArrayLike<number>, frames: number) =>
  Array.from({ length: video.length / (12 * frames) }, (_, clip) =>
    Array.from({ length: frames }, (_, frame) => video[12 * (clip * frames + frame)]!),
  );

async function threeClips() {
  const folder = await emptyFolder();
  for (const [clip, frames] of [
    ['a', 12],
    ['b', 3],
    ['c/deep', 4],
  ] as const) {
    for (let i = 0; i < frames; i++) {
      const red = 100 * ['a', 'b', 'c/deep'].indexOf(clip) + i;
      await paint(path.join(folder, clip, `frame${i}.png`), `rgb(${red},0,0)`);
    }
  }
  return folder;
}

test('a clip is frames in a row, in natural order, from a place that the seed decides', async () => {
  const folder = await threeClips();
  const warn = vi.fn();
  const loader = await open(clips(4), folder, { batch: 2, seed: 0, warn });
  expect(loader.size).toBe(2);
  expect(warn.mock.calls).toEqual([['1 clip has fewer than 4 frames and is passed over: b (3)']]);
  const starts = new Set<number>();
  const seen = [];
  for (let position = 0; position < 20; position++) {
    const batch = await loader.batch(position);
    seen.push(batch);
    for (const clip of reds(batch.video!, 4)) {
      expect(clip.map((red) => red - clip[0]!)).toEqual([0, 1, 2, 3]);
      if (clip[0]! < 100) starts.add(clip[0]!);
    }
  }
  expect(starts.size).toBeGreaterThan(4);
  const again = await open(clips(4), folder, { batch: 2, seed: 0 });
  expect(await again.batch(13)).toEqual(seen[13]);
  await Promise.all([loader.close(), again.close()]);
});

test('a clip with a broken frame is passed over as a whole', async () => {
  const folder = await threeClips();
  await paint(path.join(folder, 'd/0.png'), 'red');
  const { writeFiles } = await import('./workbench.ts');
  await writeFiles(folder, { 'd/1.png': 'no', 'd/2.png': 'no', 'd/3.png': 'no' });
  const warn = vi.fn();
  const loader = await open(clips(4), folder, { batch: 3, seed: 0, warn });
  const { video } = await loader.batch(0);
  // `a`, the first, takes its place.
  expect(reds(video!, 4).filter(([red]) => red! < 100).length).toBe(2);
  expect(warn.mock.calls.length).toBe(2);
  await loader.close();
});

test('clips that are all too short', async () => {
  const folder = await threeClips();
  await expect(open(clips(16), folder, { batch: 1, seed: 0 })).rejects.toThrow(
    'set.video has 16 frames, but the longest clip in ., a, has 12',
  );
});

test('folders are classes of the clips beneath them, those counted that are too short', async () => {
  const folder = await threeClips();
  await paint(path.join(folder, 'c/flat/0.png'), 'rgb(220,0,0)');
  await paint(path.join(folder, 'loose.png'), 'rgb(255,0,0)');
  const labelled = (classes: number) =>
    facts('frames_folder', { path: '.' }, { video: [4, 2, 2, 3], kind: classes }, [0, 255]);
  const warn = vi.fn();
  const loader = await open(labelled(3), folder, { batch: 2, seed: 0, warn });
  expect(warn.mock.calls).toEqual([
    ['1 clip lies directly in . and so has no class (loose.png); passed over'],
    ['2 clips have fewer than 4 frames and are passed over: b (3), c/flat (1)'],
  ]);
  const batch = await loader.batch(0);
  // Of the red of a clip, the hundreds are its class.
  const classes = reds(batch.video!, 4).map(([red]) => Math.floor(red! / 100));
  expect([...batch.kind!]).toEqual(classes);
  expect(classes.toSorted()).toEqual([0, 2]);
  await loader.close();
  await expect(open(labelled(2), folder, { batch: 2, seed: 0, warn })).rejects.toThrow(
    'set.kind is label(2), but . has 3 classes: a, b, c',
  );
});

test('films are to be cut into images first', async () => {
  const folder = await emptyFolder();
  const { writeFiles } = await import('./workbench.ts');
  await writeFiles(folder, { 'films/a/tree.avi': 'a film', 'films/b.txt': '' });
  const advice = async (written: string) => {
    const dataset = facts('frames_folder', { path: written }, { video: [4, 2, 2, 3] });
    const refusal = await open(dataset, folder, { batch: 1, seed: 0 }).catch((error) => error);
    return refusal.help;
  };
  const said =
    'cut films into images, each in a folder of its own: ' +
    'mkdir films/a/tree && ffmpeg -i films/a/tree.avi films/a/tree/%05d.png';
  expect(await advice('films')).toBe(said);
  expect(await advice('films/a/tree.avi')).toBe(said);
});
