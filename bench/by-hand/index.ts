import { dcgan } from './dcgan.ts';
import { pix2pix } from './pix2pix.ts';
import type { ByHand, Tf } from './tf.ts';

/** Models written by hand for tfjs, by name; those that it cannot train throw the reason. */
export const byHand: Readonly<Record<string, (tf: Tf) => ByHand>> = {
  dcgan: (tf) => dcgan(tf, 64),
  wgan_gp() {
    throw new Error(
      'tfjs has no gradient of AvgPoolGrad, and second-order gradients that it has may be wrong',
    );
  },
  pix2pix: (tf) => pix2pix(tf, 1),
  video() {
    throw new Error('tfjs has no gradient of Conv3DBackpropInputV2, which is what conv3dTranspose is');
  },
};
