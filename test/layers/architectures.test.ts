import { describe, expect, test } from 'vitest';
import { check } from '../../compiler/compile.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { sizeOf } from '../../compiler/tensor/index.ts';

/**
 * Published networks, said in the language, have exactly as many trained weights as their authors' code. Written from
 * the papers and the sizes of the reference implementations.
 */

const styled = (...rest: string[]) => `
module Synth(x: [H, W, C], w: [512], filters: int, up: int) -> [up*H, up*W, filters] {
  x -> modulated_conv2d(filters, style: w, up: up) -> learned_noise(per_channel: false) -> leaky_relu(0.2)
}

module Colours(x: [H, W, C], w: [512]) -> [H, W, 3] {
  x -> modulated_conv2d(3, kernel: 1, demodulate: false, style: w)
}
${rest.join('')}`;

const RESOLUTIONS = [512, 512, 512, 512, 256, 128, 64, 32];

describe.each<[name: string, count: number, text: string]>([
  [
    'the generator of MoCoGAN',
    3_249_684,
    `
network N(motion: [16, 10], first: [10], content: [50]) -> [16, 64, 64, 3] {
  motion -> gru(10, initial: first) -> per_frame {
    concat(content) -> reshape(1, 1, 60)
      -> conv2d_transpose(512, kernel: 4, padding: 0, bias: false) -> batch_norm -> relu
      -> for f in [256, 128, 64] {
        conv2d_transpose(f, kernel: 4, stride: 2, padding: 1, bias: false) -> batch_norm -> relu
      }
      -> conv2d_transpose(3, kernel: 4, stride: 2, padding: 1, bias: false) -> tanh
  }
}`,
  ],
  [
    'the mapping of StyleGAN2',
    2_101_248,
    `
network N(z: [512]) -> [512] {
  z -> pixel_norm -> repeat 8 { dense(512, weights: equalized, lr: 0.01) -> leaky_relu(0.2) }
}`,
  ],
  [
    'the synthesis of StyleGAN2, 1024 × 1024',
    30_370_060 - 2_101_248,
    styled(
      `
network N(w: [512]) -> [1024, 1024, 3] {
  h0 = w -> learned(4, 4, 512) -> Synth(w, 512, 1)
  c0 = h0 -> Colours(w)`,
      ...RESOLUTIONS.map(
        (filters, at) => `
  h${at + 1} = h${at} -> Synth(w, ${filters}, 2) -> Synth(w, ${filters}, 1)
  c${at + 1} = (c${at} -> blur(up: 2)) + (h${at + 1} -> Colours(w))`,
      ),
      `
  return c8
}`,
    ),
  ],
  [
    'the discriminator of StyleGAN2, 1024 × 1024',
    29_012_513,
    `
module Half(x: [H, W, C], filters: int) -> [H/2, W/2, filters] {
  main = x -> conv2d(C, weights: equalized) -> leaky_relu(0.2)
    -> blur(padding: 2) -> conv2d(filters, stride: 2, padding: "valid", weights: equalized) -> leaky_relu(0.2)
  skip = x -> blur(down: 2) -> conv2d(filters, kernel: 1, bias: false, weights: equalized(gain: 1))
  return 0.7071 * (main + skip)
}

network N(x: [1024, 1024, 3]) -> [1] {
  x -> conv2d(32, kernel: 1, weights: equalized) -> leaky_relu(0.2)
    -> for f in [64, 128, 256, 512, 512, 512, 512, 512] { Half(f) }
    -> minibatch_stddev -> conv2d(512, weights: equalized) -> leaky_relu(0.2) -> flatten
    -> dense(512, weights: equalized) -> leaky_relu(0.2) -> dense(1, weights: equalized(gain: 1))
}`,
  ],
])('%s', (_name, count, text) => {
  test(`has ${count.toLocaleString('en-US')} trained weights`, () => {
    const { model, diagnostics } = check(new SourceFile('known.gan', `gan 1\n${text}\n`));
    const mistakes = diagnostics.filter(({ severity }) => severity === 'error');
    expect(mistakes.map(({ message }) => message)).toEqual([]);
    const trained = model!.networks[0]!.weights.filter(({ kind }) => kind === 'weight');
    expect(trained.reduce((sum, { shape }) => sum + sizeOf(shape), 0)).toBe(count);
  });
});
