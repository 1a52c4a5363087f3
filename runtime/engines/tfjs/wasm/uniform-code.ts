import {
  f32Const,
  I32_ADD,
  i32Const,
  increase,
  localGet,
  localSet,
  localTee,
  memory,
  moduleOf,
} from './assembler.ts';

/** The constants of Philox 4x32-10; `compiler/tensor/random.ts` says more. */
const MULTIPLIERS = [0xd2511f53, 0xcd9e8d57] as const;
const WEYL = [0x9e3779b9, 0xbb67ae85] as const;
const ROUNDS = 10;

const I64 = 0x7e;
const I32_XOR = 0x73;
const I32_AND = 0x71;
const I32_LT_U = 0x49;

/** Parameters, in this order, then locals. */
const [OUT, END, KEY_0, KEY_1, COUNTER_1, COUNTER_2, COUNTER_3] = [0, 1, 2, 3, 4, 5, 6] as const;
const [BLOCK, C0, C1, C2, C3] = [7, 8, 9, 10, 11] as const;
const PRODUCTS = [12, 13] as const;

/**
 * A module whose function fills the memory from one address to another with the numbers of `fillUniform`, bit
 * for bit: 64-bit products make it several times faster than JavaScript can.
 */
export function uniformModule(shared: boolean): Uint8Array {
  const product = (local: number, counter: number, multiplier: number) => [
    ...[...localGet(counter), 0xad], // i64.extend_i32_u
    ...[0x42, ...signed64(multiplier), 0x7e], // i64.const, i64.mul
    ...localSet(local),
  ];
  const low = (local: number) => [...localGet(local), 0xa7]; // i32.wrap_i64
  const high = (local: number) => [...localGet(local), 0x42, 32, 0x88, 0xa7]; // i64.shr_u by 32
  const round = (index: number) => {
    const key = (local: number, step: number) => [
      ...localGet(local),
      ...(index === 0 ? [] : [...i32Const(Math.imul(step, index)), I32_ADD]),
    ];
    return [
      ...product(PRODUCTS[0], C0, MULTIPLIERS[0]),
      ...product(PRODUCTS[1], C2, MULTIPLIERS[1]),
      ...[...high(PRODUCTS[1]), ...localGet(C1), I32_XOR, ...key(KEY_0, WEYL[0]), I32_XOR, ...localSet(C0)],
      ...[...high(PRODUCTS[0]), ...localGet(C3), I32_XOR, ...key(KEY_1, WEYL[1]), I32_XOR, ...localSet(C2)],
      ...[...low(PRODUCTS[1]), ...localSet(C1)],
      ...[...low(PRODUCTS[0]), ...localSet(C3)],
    ];
  };
  const store = (word: number, at: number) => [
    ...[...localGet(OUT), ...i32Const(at), I32_ADD, ...localGet(END), I32_LT_U],
    ...[0x04, 0x40], // if
    ...localGet(OUT),
    ...[...localGet(word), ...i32Const(0x7fffff), I32_AND, 0xb3], // f32.convert_i32_u
    ...[...f32Const(2 ** -23), 0x94], // f32.mul
    ...[0x38, ...memory(2, at), 0x0b],
  ];
  const body = [
    ...[0x03, 0x40], // loop
    ...[...localGet(BLOCK), ...localSet(C0)],
    ...[...localGet(COUNTER_1), ...localSet(C1)],
    ...[...localGet(COUNTER_2), ...localSet(C2)],
    ...[...localGet(COUNTER_3), ...localSet(C3)],
    ...Array.from({ length: ROUNDS }, (_, index) => round(index)).flat(),
    ...[C0, C1, C2, C3].flatMap((word, index) => store(word, 4 * index)),
    ...increase(BLOCK, 1),
    ...[...localGet(OUT), ...i32Const(16), I32_ADD, ...localTee(OUT), ...localGet(END), I32_LT_U],
    ...[0x0d, 0x00, 0x0b], // br_if
  ];
  return moduleOf(7, [0x7f, 0x7f, 0x7f, 0x7f, 0x7f, I64, I64], body, shared);
}

/** A number below 2³² as the signed 64-bit constant of that value. */
function signed64(value: number): number[] {
  const bytes: number[] = [];
  let rest = BigInt(value);
  for (;;) {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    if (rest === 0n && (low & 0x40) === 0) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}
