import { philox } from '../../compiler/tensor/random.ts';

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

  /** `place` sets orders of one seed apart, such as those of two datasets; `epoch` those of one dataset. */
  constructor(size: number, seed: number, place: number, epoch: number) {
    if (!Number.isInteger(size) || size < 1 || size > 2 ** 31) throw new RangeError(`no order of ${size}`);
    this.size = size;
    this.#halfBits = Math.max(1, Math.ceil(Math.log2(size) / 2));
    this.#roundKeys = new Uint32Array(ROUNDS);
    for (let round = 0; round < ROUNDS; round += 4) {
      this.#roundKeys.set(philox([round, epoch, 0, place], seedWords(seed)), round);
    }
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

/** Few rounds suffice for wide halves; the tiny halves of small sets want more. A multiple of four. */
const ROUNDS = 12;

/** A seed, a whole number below 2^53, as the two words of a random key. */
export function seedWords(seed: number): [low: number, high: number] {
  return [seed % 2 ** 32, Math.floor(seed / 2 ** 32)];
}

/** A bijection of 32-bit numbers in which every input bit reaches every output bit. */
function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}
