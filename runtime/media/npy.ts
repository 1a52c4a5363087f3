// Numbers as NumPy keeps them: the format NPY, version 1.0.

const MAGIC = '\x93NUMPY\x01\x00';

/** An array of 32-bit floating point numbers, rows first, as the bytes of a `.npy` file. */
export function npyFile(values: Float32Array, shape: readonly number[]): Buffer {
  const sizes = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': ${sizes}, }`;
  // Numbers begin at a multiple of 64 bytes; the header fills up to there and ends in a line feed.
  const length = Math.ceil((MAGIC.length + 2 + header.length + 1) / 64) * 64;
  const bytes = Buffer.alloc(length + 4 * values.length, ' ');
  bytes.write(MAGIC, 'latin1');
  bytes.writeUInt16LE(length - MAGIC.length - 2, MAGIC.length);
  bytes.write(header, MAGIC.length + 2, 'latin1');
  bytes.write('\n', length - 1);
  const view = new DataView(bytes.buffer, bytes.byteOffset + length);
  for (const [at, value] of values.entries()) view.setFloat32(4 * at, value, true);
  return bytes;
}
