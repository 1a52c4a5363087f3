/**
 * Random numbers that are a pure function of (seed, step, repetition, place): no generator is kept between
 * steps, so a resumed run draws what an uninterrupted one would have drawn, on every engine.
 *
 * Philox 4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011). The 64-bit key is
 * the seed; the 128-bit counter is (block, step, repetition, place), and one block gives four words. Words
 * become numbers as in TensorFlow's stateless generators, so that an engine with those draws the same ones.
 */

const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
const ROUNDS = 10;

/** Low and high half of the seed, the step, the repetition within the step. */
export type RandomKey = ArrayLike<number>;

/** The u32 that stands for a path in a spec: FNV-1a over its UTF-16 units, then mixed so that all bits count. */
export function placeOf(path: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < path.length; at++) hash = Math.imul(hash ^ path.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** One block of Philox 4x32-10: four counter words and two key words in, four words out. */
export function philox(counter: ArrayLike<number>, key: ArrayLike<number>): Uint32Array {
  const words = new Uint32Array(4);
  block(words, counter[0]!, counter[1]!, counter[2]!, counter[3]!, key[0]!, key[1]!);
  return words;
}

/** Fills `into` with numbers spread evenly over [0, 1), each a multiple of 2⁻²³, so exact in f32. */
export function fillUniform(into: Float32Array | Float64Array, key: RandomKey, place: number): void {
  const words = new Uint32Array(4);
  for (let at = 0; at < into.length; at += 4) {
    block(words, at >>> 2, key[2]!, key[3]!, place, key[0]!, key[1]!);
    const end = Math.min(4, into.length - at);
    for (let word = 0; word < end; word++) into[at + word] = fraction(words[word]!);
  }
}

/** Fills `into` with standard normal numbers by Box–Muller: two words give two of them. */
export function fillNormal(into: Float32Array | Float64Array, key: RandomKey, place: number): void {
  const words = new Uint32Array(4);
  for (let at = 0; at < into.length; at += 4) {
    block(words, at >>> 2, key[2]!, key[3]!, place, key[0]!, key[1]!);
    for (let pair = 0; pair < 4 && at + pair < into.length; pair += 2) {
      // Kept off zero, so that the logarithm is finite: no number lies beyond 5.7.
      const radius = Math.sqrt(-2 * Math.log(Math.max(fraction(words[pair]!), 1e-7)));
      const angle = 2 * Math.PI * fraction(words[pair + 1]!);
      into[at + pair] = radius * Math.sin(angle);
      if (at + pair + 1 < into.length) into[at + pair + 1] = radius * Math.cos(angle);
    }
  }
}

/** The low 23 bits of a word as a number in [0, 1). */
function fraction(word: number): number {
  return (word & 0x7fffff) * 2 ** -23;
}

/** Ten rounds, written out in 16-bit halves where a product needs its high word. */
function block(
  out: Uint32Array,
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
): void {
  let c0 = counter0 | 0;
  let c1 = counter1 | 0;
  let c2 = counter2 | 0;
  let c3 = counter3 | 0;
  let k0 = key0 | 0;
  let k1 = key1 | 0;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = highProduct(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0);
    const high1 = highProduct(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + WEYL_0) | 0;
    k1 = (k1 + WEYL_1) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** The high 32 bits of the 64-bit product of two u32. */
function highProduct(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  // No sum below exceeds 32 bits: (2¹⁶ − 1)² + 2¹⁶ − 1 < 2³². So integer operations do, and are fast.
  const low = Math.imul(aLow, bLow) >>> 16;
  const middle = (Math.imul(aHigh, bLow) + low) | 0;
  const cross = (Math.imul(aLow, bHigh) + (middle & 0xffff)) | 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (cross >>> 16)) | 0;
}
