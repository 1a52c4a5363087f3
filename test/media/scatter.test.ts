import sharp from 'sharp';
import { expect, test } from 'vitest';
import { scatterPng } from '../../runtime/media/scatter.ts';
import { readStamp } from '../../runtime/media/stamp.ts';

const corners = Float32Array.of(-1, -1, 1, -1, -1, 1, 1, 1);

async function colours(png: Buffer) {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return (x: number, y: number) => [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)];
}

test('real points are grey, generated ones blue, up is up', async () => {
  const at = await colours(await scatterPng(Float32Array.of(1, 1), { real: corners }));
  // The square from -1 to 1 fills 1 / 1.3 of 720 pixels.
  const [near, far] = [Math.round(360 - 720 / 2.6), Math.round(360 + 720 / 2.6)];
  const [red, green, blue] = at(near, far) as [number, number, number];
  expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(20);
  expect(red).toBeLessThan(230);
  const generated = at(far, near) as [number, number, number];
  expect(generated[2]! - generated[0]!).toBeGreaterThan(50);
  expect(at(200, 100)).toEqual([255, 255, 255]);
});

test('points that are far off or not numbers change nothing', async () => {
  const wild = Float32Array.of(Number.NaN, 0, Infinity, 1, 1e30, -1e30);
  const plain = await scatterPng(new Float32Array(0), { real: corners });
  expect(await scatterPng(wild, { real: corners })).toEqual(plain);
  expect(await scatterPng(wild)).toBeInstanceOf(Buffer);
});

test('carries its stamp', async () => {
  const stamp = { spec: 's', seed: 3, step: 4 };
  expect(readStamp(await scatterPng(corners, { stamp }))).toEqual(stamp);
});
