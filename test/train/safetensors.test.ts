import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decodeHeader,
  encodeHeader,
  headerLength,
  PREFIX_BYTES,
  SafetensorsError,
} from '../../runtime/train/safetensors.ts';

const tensors = fc.uniqueArray(
  fc.record({
    name: fc.string().filter((name) => name !== '__metadata__'),
    dtype: fc.constantFrom('F32' as const, 'I32' as const),
    shape: fc.array(fc.nat(5), { maxLength: 4 }),
  }),
  { selector: ({ name }) => name, maxLength: 8 },
);

/** A header of any content, as a file would have it. */
function header(content: unknown): Uint8Array {
  return new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content));
}

const size = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 4);

test('a header comes back as it was written', () => {
  fc.assert(
    fc.property(tensors, fc.dictionary(fc.string(), fc.string()), (list, metadata) => {
      const bytes = encodeHeader(list, metadata);
      expect(bytes.length % 8).toBe(0);
      const data = list.reduce((sum, { shape }) => sum + size(shape), 0);
      expect(headerLength(bytes, bytes.length + data)).toBe(bytes.length - PREFIX_BYTES);
      const decoded = decodeHeader(bytes.subarray(PREFIX_BYTES), data);
      expect({ ...decoded.metadata }).toEqual({ ...metadata });
      const byName = new Map(decoded.tensors.map((tensor) => [tensor.name, tensor]));
      expect(byName.size).toBe(list.length);
      let at = 0;
      for (const { name, dtype, shape } of list) {
        expect(byName.get(name)).toEqual({ name, dtype, shape, begin: at, end: at + size(shape) });
        at += size(shape);
      }
    }),
  );
});

test('any bytes are read or refused with a SafetensorsError, never otherwise', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(1000), (bytes, data) => {
      for (const read of [() => headerLength(bytes, bytes.length), () => decodeHeader(bytes, data)]) {
        try {
          read();
        } catch (error) {
          expect(error).toBeInstanceOf(SafetensorsError);
        }
      }
    }),
  );
});

test('a header with one byte changed is refused or still describes the whole file', () => {
  const list = [
    { name: 'G/dense/kernel', dtype: 'F32' as const, shape: [3, 4] },
    { name: 'count', dtype: 'I32' as const, shape: [] },
  ];
  const bytes = encodeHeader(list, { step: '3' }).subarray(PREFIX_BYTES);
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
      const changed = bytes.slice();
      changed[at] = value;
      try {
        const { tensors: read } = decodeHeader(changed, 52);
        expect(read.reduce((sum, { begin, end }) => sum + end - begin, 0)).toBe(52);
      } catch (error) {
        expect(error).toBeInstanceOf(SafetensorsError);
      }
    }),
    { numRuns: 2000 },
  );
});

const f32 = (shape: unknown, offsets: unknown) => ({ dtype: 'F32', shape, data_offsets: offsets });

test.each<[string, unknown, RegExp]>([
  ['is not JSON', '{', /not JSON/],
  ['is a list', [], /not a JSON object/],
  ['is null', 'null', /not a JSON object/],
  ['has a tensor that is a number', { a: 1 }, /"a" is not described/],
  ['has another kind', { a: { dtype: 'F64', shape: [1], data_offsets: [0, 8] } }, /kind F64/],
  ['has a negative size', { a: f32([-1, -1], [0, 4]) }, /no usable shape/],
  ['has half a size', { a: f32([0.5], [0, 2]) }, /no usable shape/],
  ['has a text as shape', { a: f32('4', [0, 16]) }, /no usable shape/],
  ['has a shape too large for any memory', { a: f32([1e15, 1e15], [0, 8]) }, /takes/],
  ['has a shape whose product overflows', { a: f32([2 ** 52, 2 ** 52, 0], [0, 8]) }, /takes 0 bytes/],
  ['has a hundred axes', { a: f32(new Array(100).fill(1), [0, 4]) }, /no usable shape/],
  ['has offsets back to front', { a: f32([2], [8, 0]) }, /takes 8 bytes, but -8/],
  ['has negative offsets', { a: f32([2], [-8, 0]) }, /where its bytes are/],
  ['has three offsets', { a: f32([2], [0, 4, 8]) }, /where its bytes are/],
  ['has a hole at the beginning', { a: f32([1], [4, 8]) }, /begins at byte 4, not at 0/],
  ['has a hole', { a: f32([1], [0, 4]), b: f32([0], [8, 8]) }, /begins at byte 8/],
  ['has tensors that overlap', { a: f32([2], [0, 8]), b: f32([1], [4, 8]) }, /begins at byte 4, not at 8/],
  ['promises more than there is', { a: f32([3], [0, 12]) }, /cut short: 8 of 12/],
  ['leaves bytes over', { a: f32([1], [0, 4]) }, /4 bytes follow/],
  ['has numbers as metadata', { __metadata__: { step: 3 }, a: f32([2], [0, 8]) }, /object of strings/],
  ['has a list as metadata', { __metadata__: ['3'], a: f32([2], [0, 8]) }, /object of strings/],
])('a header that %s is refused', (_name, content, message) => {
  expect(() => decodeHeader(header(content), 8)).toThrow(SafetensorsError);
  expect(() => decodeHeader(header(content), 8)).toThrow(message);
});

test('a name like __proto__ is a name like any other', () => {
  const json = '{"__proto__":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}';
  expect(decodeHeader(header(json), 8).tensors.map(({ name }) => name)).toEqual(['__proto__']);
  expect(({} as Record<string, unknown>).dtype).toBeUndefined();
});

test('a header that claims more than the file has is refused before it is read', () => {
  const prefix = (length: bigint) => {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, length, true);
    return bytes;
  };
  expect(() => headerLength(prefix(2n ** 63n), 1000)).toThrow(/claims 9223372036854775808 bytes/);
  expect(() => headerLength(prefix(993n), 1000)).toThrow(/cut short/);
  expect(headerLength(prefix(992n), 1000)).toBe(992);
  expect(() => headerLength(new Uint8Array(3), 3)).toThrow(/3 bytes, too few/);
});
