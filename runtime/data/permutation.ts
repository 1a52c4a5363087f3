/**
 * An order of the numbers below `size` that is computed, never stored: the same key gives the same order, and
 * any place in it can be asked for at once, so a run resumes from a position alone.
 *
 * A Feistel network permutes the next power of four; numbers outside `size` are sent through it again until
 * they fall inside ("cycle walking", Black & Rogaway, 2002), which keeps it a permutation.
 */
export class Permutation {
  readonly size: number;
  readonly #halfBits: number;
  readonly #roundKeys: Uint32Array;

  constructor(size: number, key: readonly number[]) {
    if (!Number.isInteger(size) || size < 1 || size > 2 ** 31) throw new RangeError(`no order of ${size}`);
    this.size = size;
    this.#halfBits = Math.max(1, Math.ceil(Math.log2(size) / 2));
    this.#roundKeys = new Uint32Array(ROUNDS);
    for (let round = 0; round < ROUNDS; round++) this.#roundKeys[round] = hash([...key, round]);
  }

  /** Which number stands at `place`. */
  at(place: number): number {
    let value = place;
    do value = this.#permute(value);
    while (value >= this.size);
    return value;
  }

  #permute(value: number): number {
    const mask = 2 ** this.#halfBits - 1;
    let left = value >>> this.#halfBits;
    let right = value & mask;
    for (const key of this.#roundKeys) {
      const next = left ^ (mix(right ^ key) & mask);
      left = right;
      right = next;
    }
    return ((left << this.#halfBits) | right) >>> 0;
  }
}

/** Few rounds suffice for wide halves; the tiny halves of small sets want more. */
const ROUNDS = 10;

/** One well-mixed 32-bit number out of several. */
export function hash(words: readonly number[]): number {
  let state = 0x9e3779b9;
  for (const word of words) state = mix(state ^ mix((word >>> 0) + 0x85ebca6b));
  return state;
}

/** The 32 bits of a text, for keys. */
export function hashText(text: string): number {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) state = mix(state ^ text.charCodeAt(i));
  return state;
}

/** A bijection of 32-bit numbers in which every input bit reaches every output bit. */
function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}
