import { beforeAll, expect, test } from 'vitest';
import { labelling } from '../../runtime/train/sample-labels.ts';
import { labelPerRow, makeSamples } from '../../runtime/train/samples.ts';
import { referenceSession } from './reference-session.ts';
import { smallJob } from './small-job.ts';

// G adds its weights, here zero, to the latent: samples are latents.
const job = smallJob();
const session = referenceSession(job.compiled.set);
const plan = job.samples[0]!;
const make = async (request: Parameters<typeof makeSamples>[3]) =>
  (await makeSamples(session, job, plan, request)).get('G')!.values;

let nine: Float32Array;
beforeAll(async () => {
  nine = await make({ count: 9, seed: 1 });
});

test('more than one run makes are made in several runs, all of them different', () => {
  expect(nine).toHaveLength(18);
  expect(new Set(nine).size).toBe(18);
});

test('the same seed gives the same samples, however many are made', async () => {
  expect(await make({ count: 9, seed: 1 })).toEqual(nine);
  expect(await make({ count: 3, seed: 1 })).toEqual(nine.slice(0, 6));
  expect(await make({ count: 9, seed: 2 })).not.toEqual(nine);
});

test('each row of an interpolation goes from one sample to another, staying near the sphere', async () => {
  const ends = await make({ count: 4, seed: 5 });
  const rows = await make({ count: 10, seed: 5, interpolate: [2, 5] });
  const point = (values: Float32Array, at: number) => [values[2 * at]!, values[2 * at + 1]!] as const;
  const close = (a: readonly number[], b: readonly number[]) => {
    for (const [i, value] of a.entries()) expect(value).toBeCloseTo(b[i]!, 4);
  };
  close(point(rows, 0), point(ends, 0));
  close(point(rows, 4), point(ends, 1));
  close(point(rows, 5), point(ends, 2));
  close(point(rows, 9), point(ends, 3));
  for (const row of [0, 1]) {
    const lengths = [0, 1, 2, 3, 4].map((column) => Math.hypot(...point(rows, 5 * row + column)));
    const [least, most] = [Math.min(lengths[0]!, lengths[4]!), Math.max(lengths[0]!, lengths[4]!)];
    // Along a straight line the middle would be shorter than both ends.
    for (const length of lengths) expect(length).toBeGreaterThan(0.7 * least);
    for (const length of lengths) expect(length).toBeLessThan(1.5 * most);
  }
});

test('a latent that is one of several classes takes those of the rows, and without rows its own', async () => {
  const rows = { ...plan, rows: 'z' };
  const label = labelPerRow(rows, 3);
  const made = await makeSamples(session, job, rows, { count: 9, seed: 1, label });
  expect([...made.get('G')!.values]).toEqual([1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0]);
  expect(await make({ count: 9, seed: 1, label })).toEqual(nine);
});

test('classes that are asked for are those of labels; a latent goes on from row to row', () => {
  const input = { shape: [4], dtype: 'i32', name: 'y', from: { kind: 'label', classes: 10 } } as const;
  const program = { ...job.compiled.set.programs[plan.program]!, inputs: [input] };
  const labelled = {
    ...job,
    compiled: { ...job.compiled, set: { ...job.compiled.set, programs: { 'sample.G': program } } },
  };
  const label = labelling(labelled, { ...plan, rows: 'code' }, [7], 2)!;
  expect([0, 1, 2, 3].map((index) => label(index, 10, 'y'))).toEqual([7, 7, 7, 7]);
  expect([0, 1, 2, 3, 4, 5].map((index) => label(index, 2, 'code'))).toEqual([0, 0, 1, 1, 0, 0]);
});

test('labels change from row to row: those that the spec names, else all', () => {
  const labels = (rows: string | null, input: string) =>
    Array.from({ length: 6 }, (_, index) => labelPerRow({ ...plan, rows }, 3)(index, 2, input));
  expect(labels(null, 'y')).toEqual([0, 0, 0, 1, 1, 1]);
  expect(labels('y', 'y')).toEqual([0, 0, 0, 1, 1, 1]);
  expect(labels('y', 'style')).toEqual([0, 1, 0, 1, 0, 1]);
});
