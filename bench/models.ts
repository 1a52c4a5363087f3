import type { Compiled } from '../compiler/4-lower/compiled.ts';
import { optimize } from '../compiler/5-optimize/optimize.ts';
import { costOf } from '../compiler/tensor/cost.ts';
import { type Program, sizeOf } from '../compiler/tensor/program.ts';
import { compiled } from './spec.ts';

/** A network pair that every contender trains. The spec says what a step is; the others are written after it. */
export interface Model {
  readonly title: string;
  readonly spec: string;
  readonly set?: Readonly<Record<string, string>>;
}

export const models: Readonly<Record<string, Model>> = {
  dcgan: { title: "the TensorFlow tutorial's DCGAN, 28×28, batch 64", spec: 'bench/tutorial-dcgan.gan' },
  wgan_gp: {
    title:
      'the WGAN-GP with residual blocks, 32×32, batch 64, one update of the critic and one of the generator',
    spec: 'specs/wgan_gp_resnet.gan',
  },
  pix2pix: { title: 'pix2pix, 256×256, batch 1', spec: 'specs/pix2pix.gan' },
  video: {
    title: 'the video GAN, 16 frames of 64×64, batch 16, half its channels (ch 32)',
    spec: 'specs/video.gan',
    set: { ch: '32' },
  },
};

export function compiledModel({ spec, set }: Model): Compiled {
  return compiled(spec, set);
}

/** One training step as it is measured: every update once, in the order written. */
export function updatesOf({ step }: Compiled): readonly string[] {
  return step.map(({ program }) => program);
}

/** The programs of a step without anything an engine adds: what a step is made of, whoever runs it. */
export function plainPrograms(model: Compiled): readonly Program[] {
  const { programs } = optimize(model.set);
  return updatesOf(model).map((name) => programs[name]!);
}

/** Floating-point operations of one step. */
export function flopsOf(model: Compiled): number {
  return plainPrograms(model).reduce((sum, program) => sum + costOf(program).flops, 0);
}

/** The number of weights that are trained. */
export function weightsOf({ set }: Compiled): number {
  return set.state.reduce((sum, { role, shape }) => sum + (role === 'weight' ? sizeOf(shape) : 0), 0);
}
