/** A small network that grows from 4 × 4 to 16 × 16 in three stages; `stages` in place of its own. */
export function growingSpec(
  stages: string = STAGES,
  change: (text: string) => string = (text) => text,
): string {
  return change(`gan 1

param size = 16
param width = 4
param grown = [4]
param new = [2]
param outer = 4
param inner = [4]
param rate = 1e-3
param images = 4

latent z: normal(4)

data digits from mnist() {
  image: [size, size, 1] in [-1, 1]
}

module Grow(x: [H, W, C], filters: int, key: int = 2*H) -> [2*H, 2*W, filters] {
  x -> upsample(2) -> conv2d(filters, kernel: 3) -> relu
}

module Ink(x: [H, W, C], key: int = H) -> [H, W, 1] {
  x -> conv2d(1, kernel: 1) -> tanh
}

module Shrink(x: [H, W, C], filters: int, key: int = H) -> [H/2, W/2, filters] {
  x -> conv2d(filters, kernel: 4, stride: 2) -> leaky_relu(0.2)
}

module FromInk(x: [H, W, 1], filters: int, key: int = H) -> [H, W, filters] {
  x -> conv2d(filters, kernel: 1) -> leaky_relu(0.2)
}

generator G(z) -> digits.image {
  h = z -> dense(4*4 * width) -> reshape(4, 4, width) -> relu -> for f in grown { Grow(f) }
  return h -> Ink -> for f in new { upsample(2) -> blend(h -> Grow(f) -> Ink, amount: fade) }
}

discriminator D(x: digits.image) -> [1] {
  x -> for f in new { avg_pool(2) } -> FromInk(outer)
    -> for f in new { blend(x -> FromInk(f) -> Shrink(outer), amount: fade) }
    -> for f in inner { Shrink(f) }
    -> flatten -> dense(1)
}

train on digits {
  batch: images

${stages}
  real = digits.image
  fake = G(z)

  update D {
    loss: bce(D(real), 1) + bce(D(fake), 0)
    optimizer: adam(lr: rate, beta1: 0.5)
    times: 2
  }
  update G {
    loss: bce(D(fake), 1)
    optimizer: adam(lr: rate, beta1: 0.5)
    ema: 0.9
  }
}

sample G {
  every: 5
  grid:  [2, 4]
}
`);
}

const STAGES = `  stage "4x4"   { size: 4   grown: []   new: []   inner: []   steps: 10  images: 8 }
  stage "8x8"   { size: 8   grown: []   new: [4]  inner: []   steps: 12  fade: 5 }
  stage "16x16" { size: 16  grown: [4]  new: [2]  inner: [4]  steps: 18  fade: 8  rate: 5e-4 }
`;
