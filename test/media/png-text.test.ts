import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { pngChunk, readPngText, writePngText } from '../../runtime/media/png-text.ts';
import { readStamp, stampPng } from '../../runtime/media/stamp.ts';

const png = await sharp({ create: { width: 3, height: 2, channels: 3, background: 'teal' } })
  .png()
  .toBuffer();

test('texts come back as they were, and the picture is untouched', async () => {
  const texts = {
    Software: 'ganc',
    'ganc:note': 'größer als 2 → 日本',
    Empty: '',
    Long: 'x'.repeat(100_000),
  };
  const written = writePngText(png, texts);
  expect(readPngText(written)).toEqual(texts);
  expect(await sharp(written).raw().toBuffer()).toEqual(await sharp(png).raw().toBuffer());
});

test('another reader finds them too', async () => {
  const { comments } = await sharp(writePngText(png, { Software: 'ganc', 'ganc:step': '12' })).metadata();
  expect(comments).toEqual([
    { keyword: 'Software', text: 'ganc' },
    { keyword: 'ganc:step', text: '12' },
  ]);
});

test('plain tEXt chunks of other programs are read', () => {
  const chunk = pngChunk('tEXt', Buffer.from('Author\0Ren\xe9', 'latin1'));
  const header = png.subarray(0, 33);
  expect(readPngText(Buffer.concat([header, chunk, png.subarray(33)]))).toEqual({ Author: 'René' });
});

test('the checksum is that of zlib', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), (data) => {
      const chunk = pngChunk('abCd', data);
      expect(chunk.readUInt32BE(chunk.length - 4)).toBe(crc32(chunk.subarray(4, -4)));
    }),
  );
});

test('a stamp comes back; what has none gives null', () => {
  const stamp = { spec: 'sha256-abc', seed: 2 ** 40, step: 700 };
  expect(readStamp(stampPng(png, stamp))).toEqual(stamp);
  expect(readStamp(png)).toBeNull();
});

test('reading bytes that are no PNG, or a broken one, finds nothing and does not fail', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(200), (bytes, cut) => {
      expect(readPngText(bytes)).toEqual({});
      readPngText(Buffer.concat([writePngText(png, { a: 'b' }).subarray(0, cut), bytes]));
    }),
  );
  expect(() => writePngText(Buffer.from('GIF'), {})).toThrow('not a PNG');
  expect(() => writePngText(png, { ' spaced ': '' })).toThrow('cannot be a PNG keyword');
});
