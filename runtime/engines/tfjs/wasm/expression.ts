import { F32, f32Const, I32, simd, V128 } from './assembler.ts';

/** An operand of a term: an input of the kernel, the result of an earlier term, or a number. */
export type Operand = { readonly input: number } | { readonly term: number } | { readonly number: number };

/** One operation on numbers, or on four of them at once. */
export interface Term {
  readonly op: string;
  readonly operands: readonly Operand[];
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Vector and scalar code of an operation. Operands are pushed by calling them, as often as needed. */
interface Operation {
  /** Conditions are masks in vector code and i32 in scalar code. */
  readonly condition?: true;
  code(mode: Mode, operands: readonly (() => number[])[], attributes: Term['attributes']): number[];
}

/** Instructions of the two kinds of code under one name. */
export interface Mode {
  readonly kind: number;
  readonly conditionKind: number;
  /** Bytes of one number in memory. */
  readonly bytes: number;
  readonly load: number[];
  readonly store: number[];
  number(value: number): number[];
  readonly add: number[];
  readonly sub: number[];
  readonly mul: number[];
  readonly div: number[];
  readonly min: number[];
  readonly max: number[];
  readonly abs: number[];
  readonly neg: number[];
  readonly sqrt: number[];
  readonly floor: number[];
  /** To the bits of an i32, toward zero. */
  readonly truncate: number[];
  readonly equal: number[];
  readonly less: number[];
  readonly greater: number[];
  /** Takes the value if true, the value if false, and the condition. */
  readonly select: number[];
}

export const vector: Mode = {
  kind: V128,
  conditionKind: V128,
  bytes: 4,
  load: simd(0x00),
  store: simd(0x0b),
  number: (value) => [...f32Const(value), ...simd(0x13)],
  add: simd(0xe4),
  sub: simd(0xe5),
  mul: simd(0xe6),
  div: simd(0xe7),
  min: simd(0xe8),
  max: simd(0xe9),
  abs: simd(0xe0),
  neg: simd(0xe1),
  sqrt: simd(0xe3),
  floor: simd(0x68),
  truncate: simd(0xf8),
  equal: simd(0x41),
  less: simd(0x43),
  greater: simd(0x44),
  select: simd(0x52),
};

export const scalar: Mode = {
  kind: F32,
  conditionKind: I32,
  bytes: 4,
  load: [0x2a],
  store: [0x38],
  number: f32Const,
  add: [0x92],
  sub: [0x93],
  mul: [0x94],
  div: [0x95],
  min: [0x96],
  max: [0x97],
  abs: [0x8b],
  neg: [0x8c],
  sqrt: [0x91],
  floor: [0x8e],
  truncate: [0xfc, 0x00, 0xbe],
  equal: [0x5b],
  less: [0x5d],
  greater: [0x5e],
  select: [0x1b],
};

/** Conditions as they lie in memory, to be moved and nothing else. */
export const byte: Mode = { ...scalar, kind: I32, bytes: 1, load: [0x2d], store: [0x3a] };

type Simple = Exclude<keyof Mode, 'kind' | 'conditionKind' | 'bytes' | 'load' | 'store' | 'number'>;

const plain = (name: Simple): Operation => ({
  code: (mode, operands) => [...operands.flatMap((push) => push()), ...mode[name]],
});
const comparison = (name: Simple): Operation => ({ ...plain(name), condition: true });

/** What a fused kernel can compute. */
export const operations: Readonly<Record<string, Operation>> = {
  add: plain('add'),
  sub: plain('sub'),
  mul: plain('mul'),
  div: plain('div'),
  minimum: plain('min'),
  maximum: plain('max'),
  abs: plain('abs'),
  neg: plain('neg'),
  sqrt: plain('sqrt'),
  floor: plain('floor'),
  truncate: plain('truncate'),
  equal: comparison('equal'),
  less: comparison('less'),
  greater: comparison('greater'),
  copy: { code: (_mode, [x]) => x!() },
  rsqrt: { code: (mode, [x]) => [...mode.number(1), ...x!(), ...mode.sqrt, ...mode.div] },
  relu: { code: (mode, [x]) => [...x!(), ...mode.number(0), ...mode.max] },
  select: { code: (mode, [condition, x, y]) => [...x!(), ...y!(), ...condition!(), ...mode.select] },
  leaky_relu: {
    code: (mode, [x], { slope }) => [
      ...x!(),
      ...[...x!(), ...mode.number(slope as number), ...mode.mul],
      ...[...x!(), ...mode.number(0), ...mode.greater],
      ...mode.select,
    ],
  },
  step: {
    code: (mode, [x], { low }) => [
      ...mode.number(1),
      ...mode.number(low as number),
      ...[...x!(), ...mode.number(0), ...mode.greater],
      ...mode.select,
    ],
  },
  sign: {
    code: (mode, [x]) => [
      ...mode.number(1),
      ...[...mode.number(-1), ...x!(), ...x!(), ...mode.number(0), ...mode.less, ...mode.select],
      ...[...x!(), ...mode.number(0), ...mode.greater],
      ...mode.select,
    ],
  },
  /** A condition as 1 or 0. */
  cast: { code: (mode, [x]) => [...mode.number(1), ...mode.number(0), ...x!(), ...mode.select] },
};
