import type { Optimizer, Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type ByHand, countOf, type Tf, variablesOf } from './tf.ts';

const SKETCH = [256, 256, 3];

/** pix2pix as a user of tfjs would write it: a U-Net, a discriminator of patches, L1. */
export function pix2pix(tf: Tf, batch: number): ByHand {
  const [G, D] = [unet(tf), patches(tf)];
  const optimizers: Record<'G' | 'D', Optimizer> = {
    G: tf.train.adam(2e-4, 0.5),
    D: tf.train.adam(2e-4, 0.5),
  };
  const weights = { G: variablesOf(G), D: variablesOf(D) };
  const [sketch, real] = [picture(), picture()];
  const generate = () => G.apply(sketch, { training: true }) as Tensor;
  const judge = (photo: Tensor, target: number): Scalar => {
    const score = D.apply([sketch, photo], { training: true }) as Tensor;
    return tf.mean(tf.sub(tf.softplus(score), tf.mul(score, target)));
  };
  return {
    weights: countOf(G, D),
    step() {
      tf.tidy(() => {
        const fake = generate();
        const lossOfD = () => tf.mul(0.5, tf.add(judge(real, 1), judge(fake, 0))) as Scalar;
        optimizers.D.minimize(lossOfD, false, weights.D);
        const lossOfG = () => {
          const fake = generate();
          return tf.add(judge(fake, 1), tf.mul(100, tf.mean(tf.abs(tf.sub(fake, real))))) as Scalar;
        };
        optimizers.G.minimize(lossOfG, false, weights.G);
      });
    },
  };

  function picture(): Tensor {
    return tf.randomUniform([batch, ...SKETCH], -1, 1);
  }
}

type Layer = (x: SymbolicTensor) => SymbolicTensor;

function unet(tf: Tf): LayersModel {
  const sketch = tf.input({ shape: SKETCH });
  let x = conv(tf, 64, false)(sketch);
  const skips = [x];
  for (const filters of [128, 256, 512, 512, 512, 512]) {
    x = norm(tf)(down(tf, filters)(x));
    skips.push(x);
  }
  x = down(tf, 512)(x);
  for (const [at, filters] of [512, 512, 512, 512, 256, 128, 64].entries()) {
    x = norm(tf)(up(tf, filters, false)(x));
    if (at >= 1 && at <= 3) x = tf.layers.dropout({ rate: 0.5 }).apply(x) as SymbolicTensor;
    x = tf.layers.concatenate().apply([x, skips.pop()!]) as SymbolicTensor;
  }
  const photo = tf.layers.activation({ activation: 'tanh' }).apply(up(tf, 3, true)(x)) as SymbolicTensor;
  return tf.model({ inputs: sketch, outputs: photo });
}

function patches(tf: Tf): LayersModel {
  const inputs = [tf.input({ shape: SKETCH }), tf.input({ shape: SKETCH })];
  let x = conv(tf, 64, true)(tf.layers.concatenate().apply(inputs) as SymbolicTensor);
  for (const filters of [128, 256]) x = norm(tf)(down(tf, filters)(x));
  x = norm(tf)(patchConv(tf, 512, false)(x));
  return tf.model({ inputs, outputs: patchConv(tf, 1, true)(x) });
}

function conv(tf: Tf, filters: number, useBias: boolean): Layer {
  const layer = tf.layers.conv2d({ filters, kernelSize: 4, strides: 2, padding: 'same', useBias });
  return (x) => layer.apply(x) as SymbolicTensor;
}

function down(tf: Tf, filters: number): Layer {
  const relu = tf.layers.leakyReLU({ alpha: 0.2 });
  return (x) => conv(tf, filters, false)(relu.apply(x) as SymbolicTensor);
}

function up(tf: Tf, filters: number, useBias: boolean): Layer {
  const relu = tf.layers.reLU();
  const layer = tf.layers.conv2dTranspose({ filters, kernelSize: 4, strides: 2, padding: 'same', useBias });
  return (x) => layer.apply(relu.apply(x)) as SymbolicTensor;
}

function patchConv(tf: Tf, filters: number, useBias: boolean): Layer {
  const relu = tf.layers.leakyReLU({ alpha: 0.2 });
  const pad = tf.layers.zeroPadding2d({ padding: 1 });
  const layer = tf.layers.conv2d({ filters, kernelSize: 4, useBias });
  return (x) => layer.apply(pad.apply(relu.apply(x))) as SymbolicTensor;
}

function norm(tf: Tf): Layer {
  return (x) => tf.layers.batchNormalization().apply(x) as SymbolicTensor;
}
