/** Writes WebAssembly: as much of its binary form as loops over numbers need. */

export const I32 = 0x7f;
export const F32 = 0x7d;
export const V128 = 0x7b;

/** An unsigned number in as many groups of seven bits as it needs. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value >>> 0;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
}

export function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}

export function float(value: number): number[] {
  return [...new Uint8Array(Float32Array.of(value).buffer)];
}

/** An instruction on vectors. */
export function simd(code: number): number[] {
  return [0xfd, ...unsigned(code)];
}

export const localGet = (index: number) => [0x20, ...unsigned(index)];
export const localSet = (index: number) => [0x21, ...unsigned(index)];
export const localTee = (index: number) => [0x22, ...unsigned(index)];
export const i32Const = (value: number) => [0x41, ...signed(value)];
export const f32Const = (value: number) => [0x43, ...float(value)];
export const I32_ADD = 0x6a;
export const I32_SUB = 0x6b;

/** Adds a number to a local i32. */
export function increase(index: number, by: number): number[] {
  return by === 0 ? [] : [...localGet(index), ...i32Const(by), I32_ADD, ...localSet(index)];
}

/** Runs `body` `count` times, at least once; `counter` is a local of its own. */
export function repeat(counter: number, count: number, body: readonly number[]): number[] {
  if (count === 1) return [...body];
  return [
    ...i32Const(count),
    ...localSet(counter),
    ...[0x03, 0x40],
    ...body,
    ...localGet(counter),
    ...i32Const(1),
    I32_SUB,
    ...localTee(counter),
    ...[0x0d, 0x00, 0x0b],
  ];
}

/** Address alignment (as a power of two) and an offset that is added to the address. */
export function memory(alignment: number, offset: number): number[] {
  return [...unsigned(alignment), ...unsigned(offset)];
}

/**
 * A module of one function `run` without a result, over a memory given as `env.memory`. `locals` come after
 * the parameters, which are all i32.
 */
export function moduleOf(
  parameters: number,
  locals: readonly number[],
  body: readonly number[],
  shared: boolean,
): Uint8Array {
  const name = (text: string) => [...unsigned(text.length), ...[...text].map((char) => char.charCodeAt(0))];
  const section = (id: number, content: readonly number[]) => [id, ...unsigned(content.length), ...content];
  const type = [0x60, ...unsigned(parameters), ...Array.from({ length: parameters }, () => I32), 0];
  // A shared memory must state its largest size, in pages of 64 KiB, and that of the library is all of 4 GiB.
  const limits = shared ? [0x03, 0, ...unsigned(65536)] : [0x00, 0];
  const code = [...unsigned(locals.length), ...locals.flatMap((kind) => [1, kind]), ...body, 0x0b];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, ...type]),
    ...section(2, [1, ...name('env'), ...name('memory'), 0x02, ...limits]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...name('run'), 0x00, 0]),
    ...section(10, [1, ...unsigned(code.length), ...code]),
  ]);
}
