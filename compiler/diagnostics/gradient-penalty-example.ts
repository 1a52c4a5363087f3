import { exampleSpec } from './example-spec.ts';

/** A whole WGAN-GP spec around what an example changes. */
export function gradientPenaltyExample(
  options: {
    readonly critic?: string;
    readonly penalty?: string;
    readonly beta1?: string;
    readonly times?: number;
  } = {},
): string {
  const { critic = 'leaky_relu(0.2)', beta1 = '0', times = 5 } = options;
  const penalty = options.penalty ?? ' + 10 * gradient_penalty(D(_), real, fake)';
  return exampleSpec({
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> conv2d(8, kernel: 4, stride: 2) -> ${critic} -> flatten -> dense(1)
}`,
    train: `
train on faces {
  batch: 16
  steps: 10_000
  real = faces.image
  fake = G(z)
  update D {${times === 1 ? '' : `\n    times: ${times}`}
    loss: mean(D(fake)) - mean(D(real))${penalty}
    optimizer: adam(lr: 1e-4, beta1: ${beta1}, beta2: 0.9)
  }
  update G {
    loss: -mean(D(fake))
    optimizer: adam(lr: 1e-4, beta1: 0, beta2: 0.9)
  }
}`,
  });
}
