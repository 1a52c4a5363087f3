import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { evaluate } from '../../runtime/train/evaluate.ts';
import type { Loaders } from '../../runtime/train/inputs.ts';
import { draw } from '../reference/draw.ts';
import { referenceSession } from '../train/reference-session.ts';
import { smallJob } from '../train/small-job.ts';
import { compileIn } from './frozen.ts';
import { fill, keras, save } from './keras.ts';

const SPEC = `gan 1
data photos from paired("a", "b") {
  small: [4, 4, 3] in [-1, 1]
  photo: [4, 4, 3] in [-1, 1]
}
pretrained vgg from "model.json" { layers: ["first"] }
generator G(small: photos.small) -> photos.photo { small -> conv2d(3, kernel: 1) -> tanh }
train on photos {
  batch: 2
  steps: 10
  update G { loss: mean(square(G(photos.small) - photos.photo))  optimizer: sgd(lr: 1) }
}
evaluate G {
  samples: 12
  features: frechet_distance(vgg(G(photos.small)).first -> global_avg_pool, vgg(photos.photo).first -> global_avg_pool)
  none:     frechet_distance(vgg(photos.photo).first -> global_avg_pool, vgg(photos.photo).first -> global_avg_pool)
  spread:   pairwise_distance(G(photos.small), photos.photo)
}
`;

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'ganc-evaluate-'));
  const { layers } = keras;
  const first: Parameters<typeof layers.conv2d>[0] = {
    name: 'first',
    filters: 4,
    kernelSize: 3,
    inputShape: [4, 4, 3],
  };
  await save(fill(keras.sequential({ layers: [layers.conv2d(first)] })), folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

test('features of a frozen network, of what a network makes of data and of what belongs to the same data', async () => {
  const { compiled, frozen } = await compileIn(folder, SPEC);
  const plan = compiled.evaluations[0]!;
  const session = referenceSession(compiled.set);
  await session.writeState(frozen.values);
  const { shape, name } = compiled.set.programs[plan.program]!.inputs[0]!;
  expect(name).toMatch(/^photos\./);
  const batch = async (position: number) => ({
    small: Float32Array.from(draw({ shape }, 2 * position).data),
    photo: Float32Array.from(draw({ shape }, 2 * position + 1).data),
  });
  const loaders = new Map<string, Loaders>([[plan.program, new Map([['photos', { size: 100, batch }]])]]);
  const job = { ...smallJob(), compiled };
  const measured = () => evaluate(session, job, plan, { seed: 1, step: 0, loaders });

  // The kernel of G is zero at first: whatever it is given, it makes the same.
  const blank = await measured();
  expect(blank.spread).toMatchObject({ made: 0, ratio: 0 });
  expect(blank.features!.distance).toBeGreaterThan(0);
  expect(blank.none!.distance).toBeCloseTo(0, 9);

  // With ones on its diagonal it makes of a small picture nearly the same: as diverse as the data, and closer to them.
  await session.writeState(new Map([['G/conv2d/kernel', Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1)]]));
  const seen = await measured();
  expect(seen.spread!.ratio).toBeGreaterThan(0.7);
  expect(seen.spread!.real).toBe(blank.spread!.real);
  expect(seen.features!.distance).toBeLessThan(blank.features!.distance!);
});
