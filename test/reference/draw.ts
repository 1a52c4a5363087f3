import type { DType } from '../../compiler/tensor/program.ts';
import { fillUniform } from '../../compiler/tensor/random.ts';
import { count, type Tensor } from './tensor.ts';

/** What a test input looks like and where it is drawn. */
export interface Drawn {
  readonly shape: readonly number[];
  readonly dtype?: DType;
  /** For f32; default [-1, 1]. */
  readonly range?: readonly [number, number];
  /** For i32: from 0 up to this, itself left out; default 2. */
  readonly below?: number;
}

/** The same numbers for the same seed; another list of them for another. */
export function draw({ shape, dtype = 'f32', range = [-1, 1], below = 2 }: Drawn, seed: number): Tensor {
  const data = new Float64Array(count(shape));
  fillUniform(data, [seed, 0, 0, 0], 0);
  const [low, high] = range;
  const scale = {
    f32: (u: number) => low + (high - low) * u,
    i32: (u: number) => Math.floor(u * below),
    bool: (u: number) => Math.floor(u * 2),
  }[dtype];
  return { shape, data: data.map(scale) };
}
