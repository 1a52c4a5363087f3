import { ProgramError, type Signature } from './primitive.ts';
import { type Shape, showShape } from './shapes.ts';

/** `place` is a u32 that tells one use of random numbers in a spec from another. */
export type RandomAttributes = { readonly shape: Shape; readonly place: number };

export function inferRandom(op: string, key: Signature, { shape, place }: RandomAttributes): Signature {
  if (key.dtype !== 'i32' || key.shape.length !== 1 || key.shape[0] !== 4) {
    throw new ProgramError(`${op} wants a key of i32 [4], not ${key.dtype} ${showShape(key.shape)}`);
  }
  if (place >>> 0 !== place)
    throw new ProgramError(`${op} wants a place from 0 to 2 ** 32 - 1, not ${place}`);
  return { shape, dtype: 'f32' };
}
