import type { Compiled } from '../../compiler/4-lower/compiled.ts';
import { compile } from '../../compiler/compile.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import type { TensorData } from '../../runtime/engines/engine.ts';
import { draw } from '../reference/draw.ts';
import { typed } from './compare.ts';

const SPEC = `
gan 1
latent z: normal(6)
data digits from mnist() { image: [8, 8, 1] in [-1, 1] }
generator G(z) -> digits.image {
  z -> dense(4*4*4, bias: false) -> batch_norm -> relu -> reshape(4, 4, 4)
    -> conv2d_transpose(1, kernel: 4, stride: 2) -> tanh
}
discriminator D(x: digits.image) -> [1] {
  x -> conv2d(4, kernel: 4, stride: 2) -> leaky_relu(0.2) -> dropout(0.3) -> flatten -> dense(1)
}
train on digits {
  batch: 4
  steps: 10
  draw: "shared"
  real = digits.image
  fake = G(z)
  update D { loss: bce(D(real), 1) + bce(D(fake), 0)  optimizer: adam(lr: 1e-3) }
  update G { loss: bce(D(fake), 1)  optimizer: adam(lr: 1e-3) }
}
`;

/** A GAN of a few hundred weights that has convolutions, statistics, dropout and Adam. */
export function smallGan(): Compiled {
  const { compiled, diagnostics } = compile(new SourceFile('small.gan', SPEC));
  if (!compiled) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return compiled;
}

/** What a training step takes, for step number `step` of a run with that seed. */
export function stepInputs(
  { set, step: updates }: Compiled,
  step: number,
  seed = 3,
): Record<string, TensorData> {
  return Object.fromEntries(
    set.programs[updates[0]!.program]!.inputs.map(({ name, shape, dtype, from }) => {
      if (from.kind === 'key') return [name, Int32Array.of(seed, 0, step, 0)];
      if (from.kind === 'count') return [name, Float32Array.of(step)];
      return [name, typed(draw({ shape, dtype }, 100 + step).data, dtype)];
    }),
  );
}
