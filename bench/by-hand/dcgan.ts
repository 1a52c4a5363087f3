import type { Optimizer, Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { layers as Layers } from '@tensorflow/tfjs-layers';
import { type ByHand, countOf, type Tf, variablesOf } from './tf.ts';

/**
 * The tutorial's DCGAN as a user of tfjs would write it: layers, two optimizers, gradients from the tape. Both
 * gradients are taken before either is applied, as in the tutorial; but a tape here gives the gradient of one
 * loss, so G and D run on the fakes once for each.
 */
export function dcgan(tf: Tf, batch: number): ByHand {
  const generator = tf.sequential({
    layers: [
      tf.layers.dense({ units: 7 * 7 * 256, useBias: false, inputShape: [100] }),
      tf.layers.batchNormalization(),
      tf.layers.leakyReLU({ alpha: 0.3 }),
      tf.layers.reshape({ targetShape: [7, 7, 256] }),
      ...upsampling(tf.layers, 128, 1),
      ...upsampling(tf.layers, 64, 2),
      tf.layers.conv2dTranspose({
        filters: 1,
        kernelSize: 5,
        strides: 2,
        padding: 'same',
        useBias: false,
        activation: 'tanh',
      }),
    ],
  });
  const discriminator = tf.sequential({
    layers: [
      tf.layers.conv2d({ filters: 64, kernelSize: 5, strides: 2, padding: 'same', inputShape: [28, 28, 1] }),
      tf.layers.leakyReLU({ alpha: 0.3 }),
      tf.layers.dropout({ rate: 0.3 }),
      tf.layers.conv2d({ filters: 128, kernelSize: 5, strides: 2, padding: 'same' }),
      tf.layers.leakyReLU({ alpha: 0.3 }),
      tf.layers.dropout({ rate: 0.3 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 1 }),
    ],
  });
  const optimizers: Record<'G' | 'D', Optimizer> = { G: tf.train.adam(1e-4), D: tf.train.adam(1e-4) };
  const weights = { G: variablesOf(generator), D: variablesOf(discriminator) };
  const images = tf.randomUniform([batch, 28, 28, 1], -1, 1);
  const generate = (z: Tensor) => generator.apply(z, { training: true }) as Tensor;
  const judge = (x: Tensor) => discriminator.apply(x, { training: true }) as Tensor;
  const bce = (score: Tensor, target: number): Scalar =>
    tf.mean(tf.sub(tf.softplus(score), tf.mul(score, target)));
  return {
    weights: countOf(generator, discriminator),
    step() {
      tf.tidy(() => {
        const z = tf.randomNormal([batch, 100]);
        const fake = generate(z);
        const lossOfD = () => tf.add(bce(judge(images), 1), bce(judge(fake), 0)) as Scalar;
        const lossOfG = () => bce(judge(generate(z)), 1);
        const D = tf.variableGrads(lossOfD, weights.D);
        const G = tf.variableGrads(lossOfG, weights.G);
        optimizers.D.applyGradients(D.grads);
        optimizers.G.applyGradients(G.grads);
      });
    },
  };
}

function upsampling(layers: typeof Layers, filters: number, strides: number) {
  return [
    layers.conv2dTranspose({ filters, kernelSize: 5, strides, padding: 'same', useBias: false }),
    layers.batchNormalization(),
    layers.leakyReLU({ alpha: 0.3 }),
  ];
}
