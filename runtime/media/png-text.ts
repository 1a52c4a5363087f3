// Words inside a PNG: where a picture came from travels with it. Chunks are those of the PNG specification, third
// edition: length, type, data, CRC-32 of type and data.

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** A copy of a PNG file that carries `texts`, each under its keyword (1 to 79 Latin letters), in order. */
export function writePngText(png: Uint8Array, texts: Readonly<Record<string, string>>): Buffer {
  const header = chunks(png).next().value;
  if (header?.type !== 'IHDR') throw new Error('not a PNG file');
  const added = Object.entries(texts).map(([keyword, text]) =>
    pngChunk('iTXt', internationalText(keyword, text)),
  );
  return Buffer.concat([png.subarray(0, header.end), ...added, png.subarray(header.end)]);
}

/** The texts of a PNG file by keyword. Compressed texts, which `ganc` does not write, are passed over. */
export function readPngText(png: Uint8Array): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const { type, data } of chunks(png)) {
    const end = data.indexOf(0);
    if (end < 0) continue;
    const keyword = data.toString('latin1', 0, end);
    if (type === 'tEXt') texts[keyword] = data.toString('latin1', end + 1);
    else if (type === 'iTXt' && data[end + 1] === 0) {
      const language = data.indexOf(0, end + 3);
      const translated = data.indexOf(0, language + 1);
      if (language >= 0 && translated >= 0) texts[keyword] = data.toString('utf8', translated + 1);
    }
  }
  return texts;
}

/** One chunk, ready to stand in a file. */
export function pngChunk(type: string, data: Uint8Array): Buffer {
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length);
  chunk.write(type, 4, 'latin1');
  chunk.set(data, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
  return chunk;
}

/** Keyword, not compressed, no language, no translated keyword, text in UTF-8. */
function internationalText(keyword: string, text: string): Buffer {
  if (!/^[\x21-\x7e](?:[\x20-\x7e]{0,77}[\x21-\x7e])?$/.test(keyword)) {
    throw new RangeError(`"${keyword}" cannot be a PNG keyword`);
  }
  return Buffer.concat([Buffer.from(`${keyword}\0\0\0\0\0`, 'latin1'), Buffer.from(text, 'utf8')]);
}

/** The chunks of a file, as far as they are whole. */
function* chunks(png: Uint8Array): Generator<{ type: string; data: Buffer; end: number }> {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) return;
  for (let start = 8; start + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(start);
    const end = start + 12 + length;
    if (end > bytes.length) return;
    yield {
      type: bytes.toString('latin1', start + 4, start + 8),
      data: bytes.subarray(start + 8, end - 4),
      end,
    };
    start = end;
  }
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
  return rest;
});

function crc32(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (const byte of bytes) rest = CRC_TABLE[(rest ^ byte) & 0xff]! ^ (rest >>> 8);
  return ~rest >>> 0;
}
