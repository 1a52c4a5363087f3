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
    parts.train ?? exampleTrain(),
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

/** What an update of the small `train` block has; what is left out is ordinary and right. */
interface UpdateParts {
  readonly loss?: string;
  /** Default: `2e-4`. */
  readonly lr?: string;
  /** Default: `adam` with that rate. */
  readonly optimizer?: string;
  readonly unroll?: number;
}

/** The parts of the small `train` block. */
export interface TrainParts {
  /** What G imitates; default: `faces.image`. */
  readonly real?: string;
  /** The label that G and D are told; default: none. */
  readonly label?: string;
  /** Default: 16. */
  readonly batch?: number;
  readonly D?: UpdateParts;
  readonly G?: UpdateParts;
}

/** A `train` block for `exampleSpec`, of a GAN with the networks G and D and one dataset. */
export function exampleTrain(parts: TrainParts = {}): string {
  const { real = 'faces.image', label, batch = 16, D = {}, G = {} } = parts;
  const told = label === undefined ? '' : ', y';
  return `
train on ${real.split('.')[0]} {
  batch: ${batch}
  steps: 10_000

  real = ${real}${label === undefined ? '' : `\n  y    = ${label}`}
  fake = G(z${told})

  update D {
    loss: ${D.loss ?? `bce(D(real${told}), 1) + bce(D(fake${told}), 0)`}
    optimizer: ${optionsOf(D)}
  }
  update G {
    loss: ${G.loss ?? `bce(D(fake${told}), 1)`}
    optimizer: ${optionsOf(G)}
  }
}`;
}

/** The optimizer of an update, and what stands after it. */
function optionsOf({ lr = '2e-4', optimizer = `adam(lr: ${lr}, beta1: 0.5)`, unroll }: UpdateParts): string {
  return unroll === undefined ? optimizer : `${optimizer}\n    unroll: ${unroll}`;
}
