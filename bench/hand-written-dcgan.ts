import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';

export interface HandWritten {
  /** Trains both networks on one batch. */
  step(): void;
}

/** The tutorial's DCGAN as a user of tfjs would write it: layers, two optimizers, gradients from the tape. */
export async function handWrittenDcgan(batch: number): Promise<HandWritten> {
  await tf.setBackend('cpu');
  const generator = layers.sequential({
    layers: [
      layers.layers.dense({ units: 7 * 7 * 256, useBias: false, inputShape: [100] }),
      layers.layers.batchNormalization(),
      layers.layers.leakyReLU({ alpha: 0.3 }),
      layers.layers.reshape({ targetShape: [7, 7, 256] }),
      ...upsampling(128, 1),
      ...upsampling(64, 2),
      layers.layers.conv2dTranspose({
        filters: 1,
        kernelSize: 5,
        strides: 2,
        padding: 'same',
        useBias: false,
        activation: 'tanh',
      }),
    ],
  });
  const discriminator = layers.sequential({
    layers: [
      layers.layers.conv2d({
        filters: 64,
        kernelSize: 5,
        strides: 2,
        padding: 'same',
        inputShape: [28, 28, 1],
      }),
      layers.layers.leakyReLU({ alpha: 0.3 }),
      layers.layers.dropout({ rate: 0.3 }),
      layers.layers.conv2d({ filters: 128, kernelSize: 5, strides: 2, padding: 'same' }),
      layers.layers.leakyReLU({ alpha: 0.3 }),
      layers.layers.dropout({ rate: 0.3 }),
      layers.layers.flatten(),
      layers.layers.dense({ units: 1 }),
    ],
  });
  const optimizers = { G: tf.train.adam(1e-4), D: tf.train.adam(1e-4) };
  const images = tf.randomUniform<tf.Rank.R4>([batch, 28, 28, 1], -1, 1);
  const generate = () => generator.apply(tf.randomNormal([batch, 100]), { training: true }) as tf.Tensor;
  const judge = (x: tf.Tensor) => discriminator.apply(x, { training: true }) as tf.Tensor;
  const bce = (score: tf.Tensor, target: number): tf.Scalar =>
    tf.mean(tf.sub(tf.softplus(score), tf.mul(score, target)));
  return {
    step() {
      tf.tidy(() => {
        const fake = generate();
        optimizers.D.minimize(
          () => tf.add(bce(judge(images), 1), bce(judge(fake), 0)) as tf.Scalar,
          false,
          variablesOf(discriminator),
        );
        optimizers.G.minimize(() => bce(judge(generate()), 1), false, variablesOf(generator));
      });
    },
  };
}

function upsampling(filters: number, strides: number): layers.layers.Layer[] {
  return [
    layers.layers.conv2dTranspose({ filters, kernelSize: 5, strides, padding: 'same', useBias: false }),
    layers.layers.batchNormalization(),
    layers.layers.leakyReLU({ alpha: 0.3 }),
  ];
}

function variablesOf(model: layers.LayersModel): tf.Variable[] {
  // The library keeps the variable of a weight to itself, and gives no other way to train by hand.
  return model.trainableWeights.map((weight) => (weight as unknown as { val: tf.Variable }).val);
}
