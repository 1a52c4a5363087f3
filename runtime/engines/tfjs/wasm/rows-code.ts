import {
  I32,
  I32_ADD,
  i32Const,
  increase,
  localGet,
  localSet,
  localTee,
  memory,
  moduleOf,
  repeat,
} from './assembler.ts';
import { type Mode, scalar, vector } from './expression.ts';

/** Numbers that one vector holds. */
const LANES = 4;

/** Parameters, in this order, then locals. */
const [LIST, INDICES, TABLE] = [0, 1, 2] as const;
const [COUNTER, INNER, ROW] = [3, 4, 5] as const;

const I32_LOAD = 0x28;
const I32_MUL = 0x6c;
const I32_GE_U = 0x4f;
const UNREACHABLE_IF = [0x04, 0x40, 0x00, 0x0b];

/** Rows of `width` numbers, `count` of them in a list, each at home in that row of a table which its index names. */
export interface Rows {
  readonly count: number;
  readonly width: number;
  readonly ofTable: number;
}

/**
 * A module whose function takes the addresses of the list, the indices and the table. It copies rows from the table into the list,
 * or adds those of the list to the table. An index that the table does not have ends it: nothing beyond the table is read or written.
 */
export function rowsModule(
  { count, width, ofTable }: Rows,
  direction: 'copy' | 'add',
  shared: boolean,
): Uint8Array {
  const { bytes } = scalar;
  const place = (mode: Mode, at: number) => {
    const load = (pointer: number) => [...localGet(pointer), ...mode.load, ...memory(0, at)];
    const value = direction === 'copy' ? load(ROW) : [...load(ROW), ...load(LIST), ...mode.add];
    const target = direction === 'copy' ? LIST : ROW;
    return [...localGet(target), ...value, ...mode.store, ...memory(0, at)];
  };
  const onward = (numbers: number) => [ROW, LIST].flatMap((pointer) => increase(pointer, numbers * bytes));
  const [vectors, rest] = [Math.floor(width / LANES), width % LANES];
  const moved = [
    ...(vectors > 0 ? repeat(INNER, vectors, [...place(vector, 0), ...onward(LANES)]) : []),
    ...Array.from({ length: rest }, (_, at) => place(scalar, at * bytes)).flat(),
    ...increase(LIST, rest * bytes),
  ];
  const found = [
    ...[...localGet(INDICES), I32_LOAD, ...memory(2, 0), ...localTee(ROW)],
    ...[...i32Const(ofTable), I32_GE_U, ...UNREACHABLE_IF],
    ...[...localGet(ROW), ...i32Const(width * bytes), I32_MUL],
    ...[...localGet(TABLE), I32_ADD, ...localSet(ROW)],
  ];
  const body = repeat(COUNTER, count, [...found, ...moved, ...increase(INDICES, bytes)]);
  return moduleOf(3, [I32, I32, I32], body, shared);
}
