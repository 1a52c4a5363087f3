import { dcgan } from './dcgan.ts';
import type { ByHand, Tf } from './tf.ts';

/** Models written by hand for tfjs, by name; one that cannot be written throws the reason. */
export const byHand: Readonly<Record<string, (tf: Tf) => ByHand>> = {
  dcgan: (tf) => dcgan(tf, 64),
};
