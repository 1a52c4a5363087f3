/** The parts of a small, complete spec; what is left out is ordinary and right. */
export interface SpecParts {
  /** Declarations before the data: params, modules, a latent of another kind. */
  readonly declarations?: string;
  readonly latent?: string;
  readonly data?: string;
  readonly generator?: string;
  readonly discriminator?: string;
  readonly train?: string;
  /** Declarations after `train`. */
  readonly sample?: string;
}

/**
 * A whole spec around the part that an example is about: a small DCGAN on 16 × 16 colour images. An example
 * of a diagnostic or a test writes only what matters and gets a spec that checks clean otherwise.
 */
export function exampleSpec(parts: SpecParts = {}): string {
  return `${[
    'gan 1',
    parts.declarations,
    parts.latent ?? 'latent z: normal(8)',
    parts.data ?? DATA,
    parts.generator ?? GENERATOR,
    parts.discriminator ?? DISCRIMINATOR,
    parts.train ?? TRAIN,
    parts.sample,
  ]
    .filter((part) => part !== undefined && part !== '')
    .map((part) => part!.trim())
    .join('\n\n')}\n`;
}

const DATA = `
data faces from folder("data/faces") {
  image: [16, 16, 3] in [-1, 1]
}`;

const GENERATOR = `
generator G(z) -> faces.image {
  z -> dense(4*4 * 16) -> reshape(4, 4, 16) -> relu
    -> conv2d_transpose(8, kernel: 4, stride: 2) -> relu
    -> conv2d_transpose(3, kernel: 4, stride: 2) -> tanh
}`;

const DISCRIMINATOR = `
discriminator D(x: faces.image) -> [1] {
  x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2)
    -> conv2d(16, kernel: 4, stride: 2) -> leaky_relu(0.2)
    -> flatten -> dense(1)
}`;

const TRAIN = `
train on faces {
  batch: 16
  steps: 10_000

  real = faces.image
  fake = G(z)

  update D {
    loss: bce(D(real), 1) + bce(D(fake), 0)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
  update G {
    loss: bce(D(fake), 1)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
}`;
