import path from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { DecodeError, decode } from '../../runtime/data/decode.ts';
import { emptyFolder, writeFiles } from './workbench.ts';

const folder = await emptyFolder();
const picture = sharp({
  create: {
    width: 24,
    height: 20,
    channels: 3,
    background: 'teal',
    noise: { type: 'gaussian', mean: 120, sigma: 50 },
  },
});
const whole = {
  png: await picture.clone().png().toBuffer(),
  jpg: await picture.clone().jpeg().toBuffer(),
  webp: await picture.clone().webp().toBuffer(),
};

test.each(Object.keys(whole) as (keyof typeof whole)[])(
  'a damaged %s is either decoded to the size asked for or refused in words',
  async (kind) => {
    const change = fc.record({ at: fc.nat(whole[kind].length - 1), byte: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { maxLength: 6 }),
        fc.option(fc.nat(whole[kind].length)),
        async (changes, cut) => {
          const bytes = Buffer.from(whole[kind]);
          for (const { at, byte } of changes) bytes[at] = byte;
          const file = `damaged.${kind}`;
          await writeFiles(folder, { [file]: cut === null ? bytes : bytes.subarray(0, cut) });
          const request = { file: path.join(folder, file), height: 9, width: 7, channels: 3 };
          const outcome = await decode(request).catch((error: unknown) => error);
          if (outcome instanceof Error) expect(outcome).toBeInstanceOf(DecodeError);
          else expect((outcome as { pixels: Uint8Array }).pixels.length).toBe(9 * 7 * 3);
        },
      ),
      { numRuns: 200 },
    );
  },
);

test('a whole file is decoded, a file cut in half is not, whatever its kind', async () => {
  for (const [kind, bytes] of Object.entries(whole)) {
    await writeFiles(folder, {
      [`whole.${kind}`]: bytes,
      [`half.${kind}`]: bytes.subarray(0, bytes.length / 2),
    });
    const size = { height: 20, width: 24, channels: 3 };
    const { pixels } = await decode({ file: path.join(folder, `whole.${kind}`), ...size });
    expect([...pixels]).toEqual([...(await sharp(bytes).raw().toBuffer())]);
    await expect(decode({ file: path.join(folder, `half.${kind}`), ...size })).rejects.toThrow(
      'is damaged or cut short',
    );
  }
});

test('a folder with the name of a picture', async () => {
  await writeFiles(folder, { 'folder.png/x': '' });
  const request = { file: path.join(folder, 'folder.png'), height: 1, width: 1, channels: 1 };
  await expect(decode(request)).rejects.toThrow('is not a file');
});
