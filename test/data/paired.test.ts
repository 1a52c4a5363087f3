import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { DataError } from '../../runtime/data/data-error.ts';
import { open } from '../../runtime/data/loader.ts';
import { facts } from './facts.ts';
import { emptyFolder, paint } from './workbench.ts';

const set = facts('paired', { a: 'sketch', b: 'photo' }, { sketch: [2, 2, 3], photo: [2, 2, 3] }, [0, 255]);

test('partners share a name, whatever their kind, and stay together', async () => {
  const folder = await emptyFolder();
  for (const i of [1, 2, 10, 30]) {
    await paint(path.join(folder, `sketch/${i}.png`), `rgb(${i},0,0)`);
    await paint(path.join(folder, `photo/${i}.png`), `rgb(0,${i},0)`, { width: 16, height: 16 });
  }
  await paint(path.join(folder, 'sketch/street/5.png'), 'rgb(5,0,0)');
  await paint(path.join(folder, 'photo/street/5.webp'), 'rgb(0,5,0)');
  await paint(path.join(folder, 'sketch/lonely.png'), 'red');
  await paint(path.join(folder, 'photo/3.png'), 'red');
  const warn = vi.fn();
  const loader = await open(set, folder, { batch: 5, seed: 2, warn });
  expect(loader.size).toBe(5);
  const { sketch, photo } = await loader.batch(0);
  const names = Array.from({ length: 5 }, (_, row) => sketch![12 * row]!);
  expect([...names].sort((a, b) => a - b)).toEqual([1, 2, 5, 10, 30]);
  for (const [row, name] of names.entries()) expect(Math.abs(photo![12 * row + 1]! - name)).toBeLessThan(3);
  expect(warn.mock.calls).toEqual([
    ['2 images have no partner and are passed over: sketch/lonely.png, photo/3.png'],
  ]);
  await loader.close();
});

test('partners of other proportions do not lie over each other', async () => {
  const folder = await emptyFolder();
  for (const i of [1, 2, 3]) {
    await paint(path.join(folder, `sketch/${i}.png`), 'red');
    await paint(path.join(folder, `photo/${i}.png`), 'red', i === 2 ? { width: 12, height: 8 } : {});
  }
  const warn = vi.fn();
  const loader = await open(set, folder, { batch: 3, seed: 2, warn });
  await loader.batch(0);
  expect(warn.mock.calls).toEqual([
    [
      `${path.join(folder, 'sketch/2.png')} is 8×8 but its partner ${path.join(folder, 'photo/2.png')} is 12×8, ` +
        'so they do not lie over each other; passed over',
    ],
  ]);
  await loader.close();
});

test('no pairs at all, a partner that is not clear, and a third field', async () => {
  const folder = await emptyFolder();
  await paint(path.join(folder, 'sketch/a.png'), 'red');
  await paint(path.join(folder, 'photo/b.png'), 'red');
  const refusal = (facts_ = set) => open(facts_, folder, { batch: 1, seed: 0 }).catch((error) => error);
  expect((await refusal()).message).toContain('no image in sketch has the name of one in photo');
  await paint(path.join(folder, 'sketch/b.png'), 'red');
  await paint(path.join(folder, 'sketch/b.jpg'), 'red');
  expect((await refusal()).message).toBe('sketch holds both b.jpg and b.png, so their partner is not clear');
  const three = facts('paired', { a: 'sketch', b: 'photo' }, { x: [2, 2, 3], y: [2, 2, 3], z: [2, 2, 3] });
  expect(await refusal(three)).toBeInstanceOf(DataError);
});
