import { expect, test } from 'vitest';
import { check, compileStage } from '../../compiler/compile.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { sizeOf } from '../../compiler/tensor/program.ts';
import { openEngine } from '../../runtime/engines/index.ts';
import { carry } from '../../runtime/train/carry.ts';
import { storedState } from '../../runtime/train/checkpoint.ts';
import type { Loaders } from '../../runtime/train/inputs.ts';
import type { Job } from '../../runtime/train/job.ts';
import { Trainer } from '../../runtime/train/trainer.ts';

/** Short clips first, then longer ones: nothing in the networks depends on how many frames there are. */
const spec = `gan 1

param frames = 8
param rate = 1e-3

latent z: normal([frames, 6])

data clips from frames_folder("clips") {
  clip: [frames, 8, 8, 3] in [-1, 1]
}

generator G(z) -> clips.clip {
  z -> lstm(8) -> per_frame {
    dense(4*4 * 8) -> reshape(4, 4, 8) -> relu -> conv2d_transpose(3, kernel: 4, stride: 2) -> tanh
  }
}

discriminator D(x: clips.clip) -> [1] {
  x -> conv3d(4, kernel: 3, stride: 2) -> leaky_relu(0.2) -> global_avg_pool -> dense(1)
}

train on clips {
  batch: 2

  stage "2 frames" { frames: 2  steps: 3 }
  stage "4 frames" { frames: 4  steps: 3 }
  stage "8 frames" { steps: 3  rate: 5e-4 }

  real = clips.clip
  fake = G(z)

  update D {
    loss: hinge.critic(D(real), D(fake))
    optimizer: adam(lr: rate, beta1: 0.5)
  }
  update G {
    loss: hinge.generator(D(fake))
    optimizer: adam(lr: rate, beta1: 0.5)
  }
}
`;

test('clips grow longer from stage to stage, and every weight goes on', async () => {
  const { stages, diagnostics } = check(new SourceFile('spec.gan', spec));
  expect(diagnostics).toEqual([]);
  let before: { trainer: Trainer; job: Job } | null = null;
  for (const [index, { model }] of stages.entries()) {
    const compiled = compileStage({ stages }, index);
    const { set, stage, batch } = compiled;
    const length = batch * sizeOf(model.datasets[0]!.fields[0]!.type.shape);
    expect(length).toBe(2 * [2, 4, 8][index]! * 8 * 8 * 3);
    const loaders: Loaders = new Map([
      ['clips', { size: 2, batch: async () => ({ clip: new Float32Array(length).fill(0.5) }) }],
    ]);
    const job = { compiled } as Job;
    const session = await openEngine('cpu').open(set);
    const trainer = new Trainer(job, session, loaders, 1);
    if (before) {
      const state = await before.trainer.state();
      const carried = carry(before.job.compiled.set.state, state, set.state);
      expect(carried.weights.fresh.tensors + carried.weights.left.tensors).toBe(0);
      expect(carried.values.size).toBe(state.size);
      await trainer.begin(stage.start, carried);
      expect(storedState(set.state, await session.readState())).toEqual(state);
    } else await trainer.initialize();
    for (let step = 0; step < stage.steps; step++) {
      const losses = await trainer.takeStep();
      expect(Object.values(losses).every(Number.isFinite)).toBe(true);
    }
    expect(trainer.step).toBe(stage.start + stage.steps);
    before = { trainer, job };
  }
});
