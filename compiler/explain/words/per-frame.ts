import type { Word } from './word.ts';

export const perFrame: Word = {
  kind: 'form',
  name: 'per_frame',
  is: 'A step of a flow',
  summary: 'its layers on every frame of a clip, or every step of a sequence, with the same weights',
  example: {
    data: `
data clips from frames_folder("data/clips") {
  video: [4, 16, 16, 3] in [-1, 1]
}`,
    generator: `
generator G(z) -> clips.video {
  z -> dense(4 * 4*4 * 16) -> reshape(4, 4, 4, 16) -> relu
    -> conv3d(16, kernel: 3) -> relu
    -> per_frame { repeat 2 { upsample(2) -> conv2d(8, kernel: 3) -> relu } }
    -> per_frame { conv2d(3, kernel: 3) -> tanh }
}`,
    discriminator: `
discriminator D(x: clips.video) -> [1] {
  x -> per_frame { conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> flatten -> dense(16) }
    -> gru(16, output: last) -> dense(1)
}`,
  },
  around: {
    train: `
train on clips {
  batch: 16
  steps: 10_000

  real = clips.video
  fake = G(z)

  update D {
    loss: bce(D(real), 1) + bce(D(fake), 0)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
  update G {
    loss: bce(D(fake), 1)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
}`,
  },
  text: () => [TEXT],
};

const TEXT = `
A clip [T, H, W, C] is T images for the layers in it, a sequence [T, d] is T vectors; what they make is put together again, [T,
…]. A vector of a sequence goes through \`per_frame { dense(64) }\`, a score of each frame is \`per_frame { Frames }\` with a
discriminator of images.

The frames join the batch: \`batch_norm\` takes its statistics over those of all examples, and a layer that compares the examples
of a batch compares frames. What comes from outside, such as a label or a style, counts for every frame of its example.
\`pick_frames\` takes some frames of a clip.
`;
