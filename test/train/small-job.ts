import type { Compiled } from '../../compiler/4-lower/compiled.ts';
import * as t from '../../compiler/tensor/index.ts';
import type { Loaders } from '../../runtime/train/inputs.ts';
import type { Job } from '../../runtime/train/job.ts';

const BATCH = 4;

/** How the losses of the small job behave. */
export interface Quirks {
  /** The loss of G is the logarithm of a number that falls below zero in this step (counted from 1). */
  readonly breaksInStep?: number;
}

/**
 * A training as small as can be: D's two numbers chase the data (twice per step), G's chase D's, with noise in both.
 * It uses all that programs can ask for: data, keys, counts, schedules.
 */
export function smallJob(quirks: Quirks = {}): Job {
  const compiled = smallPrograms(quirks);
  return {
    name: 'small',
    compiled,
    datasets: [
      {
        name: 'points',
        source: { name: 'gaussians.ring' },
        args: { has: () => false, raw: () => null },
        fields: [
          { name: 'point', type: { shape: [2], range: { low: -Infinity, high: Infinity }, label: null } },
        ],
      },
    ],
    pretrained: [],
    samples: [
      {
        network: 'G',
        program: 'sample.G',
        every: null,
        grid: [3, 3],
        rows: null,
        outputs: [{ name: 'G', shape: [2], range: { low: -Infinity, high: Infinity } }],
      },
    ],
    normalLatents: ['z'],
    spec: { text: 'gan 1\n', file: 'spec.gan', imports: {}, hash: 'a'.repeat(64), folder: '/specs' },
  };
}

function smallPrograms({ breaksInStep }: Quirks): Compiled {
  const init = new t.Builder('init');
  const drawn = t.normal(keyOf(init), [2], t.placeOf('G/w'));
  init.assign('G/w', drawn);
  t.state(init, { path: 'G/w', shape: [2], dtype: 'f32', role: 'weight' });
  t.state(init, { path: 'D/w', shape: [2], dtype: 'f32', role: 'weight' });
  init.assign('D/w', t.mul(drawn, -1));

  const judge = new t.Builder('update.D');
  const real = t.input(judge, {
    name: 'points.point',
    shape: [BATCH, 2],
    dtype: 'f32',
    from: { kind: 'data', dataset: 'points', field: 'point' },
  });
  const noise = t.normal(keyOf(judge), [BATCH, 2], t.placeOf('noise'));
  const d = t.state(judge, { path: 'D/w', shape: [2], dtype: 'f32', role: 'weight' });
  const lossD = t.mean(t.square(t.sub(d, t.add(real, t.mul(noise, 0.1)))));
  judge.output('loss D', lossD);
  const rate = t.input(judge, {
    name: 'rate',
    shape: [],
    dtype: 'f32',
    from: { kind: 'schedule', schedule: 'linear', args: { from: 0.5, to: 0, over: 100 } },
  });
  judge.assign('D/w', t.sub(d, t.mul(t.gradients(lossD, [d])[0]!, rate)));

  const make = new t.Builder('update.G');
  const g = t.state(make, { path: 'G/w', shape: [2], dtype: 'f32', role: 'weight' });
  const target = t.state(make, { path: 'D/w', shape: [2], dtype: 'f32', role: 'weight' });
  const count = t.input(make, { name: 'count', shape: [], dtype: 'f32', from: { kind: 'count' } });
  const shaken = t.add(target, t.mul(t.normal(keyOf(make), [2], t.placeOf('shake')), 0.05));
  const distance = t.mean(t.square(t.sub(g, t.stopGradient(shaken))));
  const lossG =
    breaksInStep === undefined ? distance : t.add(distance, t.log(t.sub(breaksInStep - 0.5, count)));
  make.output('loss G', lossG);
  make.assign('G/w', t.sub(g, t.mul(t.gradients(lossG, [g])[0]!, t.div(1, count))));

  const latent = new t.Builder('latent.z');
  latent.output('z', t.normal(keyOf(latent), [BATCH, 2], t.placeOf('z')));

  const sample = new t.Builder('sample.G');
  const z = t.input(sample, {
    name: 'z',
    shape: [BATCH, 2],
    dtype: 'f32',
    from: { kind: 'latent', latent: 'z' },
  });
  sample.output('G', t.add(z, t.state(sample, { path: 'G/w', shape: [2], dtype: 'f32', role: 'weight' })));

  const builders = [init, judge, make, latent, sample];
  return {
    set: {
      version: t.PROGRAM_VERSION,
      state: [...new Map(builders.flatMap(({ state }) => [...state])).values()],
      programs: Object.fromEntries(builders.map((builder) => [builder.name, builder.finish()])),
    },
    init: 'init',
    step: [
      { program: 'update.D', times: 2, losses: ['loss D'], lazily: [] },
      { program: 'update.G', times: 1, losses: ['loss G'], lazily: [] },
    ],
    samples: [{ network: 'G', program: 'sample.G' }],
    latents: [{ latent: 'z', program: 'latent.z' }],
    evaluations: [],
    batch: BATCH,
    stage: { label: null, start: 0, steps: 40, fade: 0 },
  };
}

function keyOf(builder: t.Builder): t.Value {
  return t.input(builder, { name: 'key', shape: [4], dtype: 'i32', from: { kind: 'key' } });
}

/** Batches that tell their number; `asked` collects which were asked for. */
export function smallLoaders(asked: number[] = []): Loaders {
  const batch = async (position: number) => {
    asked.push(position);
    return { point: Float32Array.from({ length: 2 * BATCH }, (_, i) => Math.sin(position + i)) };
  };
  return new Map([['points', { size: 10, batch }]]);
}
