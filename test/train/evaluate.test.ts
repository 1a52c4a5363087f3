import { expect, test } from 'vitest';
import { compile } from '../../compiler/compile.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { evaluate } from '../../runtime/train/evaluate.ts';
import type { Loaders } from '../../runtime/train/inputs.ts';
import { referenceSession } from './reference-session.ts';
import { smallJob } from './small-job.ts';

const SPEC = `gan 1

latent z: normal(2)

data ring from gaussians.ring(std: 0.5) {
  point: [2]
}

generator G(x: [2]) -> [2] {
  x -> batch_norm
}

train on ring {
  batch: 4
  steps: 1
  update G {
    loss: mean(square(G(ring.point)))
    optimizer: sgd(lr: 0.1)
    ema: 0.9
  }
}

evaluate G {
  samples: 50
  real: mode_coverage(G(ring.point), ring, within: 0.001)
  made: mode_coverage(G(z), ring, within: 0.5)
}
`;

const { compiled } = compile(new SourceFile('spec.gan', SPEC));
const job = { ...smallJob(), compiled: compiled! };
const plan = compiled!.evaluations[0]!;

/** A session whose averaged gamma is 1, and the trained one 5; the moving statistics are mean 0 and variance 1. */
function session() {
  const opened = referenceSession(compiled!.set);
  const values = new Map(
    compiled!.set.state.map(({ path, shape }) => {
      const value = /^ema.*gamma$|variance$/.test(path) ? 1 : /gamma$/.test(path) ? 5 : 0;
      return [path, new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(value)] as const;
    }),
  );
  return { opened, ready: opened.writeState(values) };
}

/** Real points that lie in the centres themselves, in turn; `asked` collects the batches that were asked for. */
function loaders(asked: number[], batch: number): Map<string, Loaders> {
  const at = async (position: number) => {
    asked.push(position);
    const angles = Array.from({ length: batch }, (_, i) => (2 * Math.PI * (position * batch + i)) / 8);
    return { point: Float32Array.from(angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)])) };
  };
  return new Map([[plan.program, new Map([['ring', { size: 1000, batch: at }]])]]);
}

test('averaged weights, moving statistics, and as many samples as the spec says', async () => {
  const { opened, ready } = session();
  await ready;
  const asked: number[] = [];
  const figures = await evaluate(opened, job, plan, { seed: 1, step: 3, loaders: loaders(asked, 50) });
  // With gamma 1 and moving statistics of a standard cloud, batch_norm changes almost nothing: points stay in the centres.
  expect(figures.real).toMatchObject({ modes: 8, high_quality: 1 });
  // 50 points around 8 centres: two have 7 of them.
  const kl = 2 * (7 / 50) * Math.log((8 * 7) / 50) + 6 * (6 / 50) * Math.log((8 * 6) / 50);
  expect(figures.real!.reverse_kl).toBeCloseTo(kl, 12);
  expect(asked).toEqual([0]);
});

test('the same seed gives the same figures, another seed others, and nothing of the state moves', async () => {
  const { opened, ready } = session();
  await ready;
  const before = await opened.readState();
  const measured = (seed: number) => evaluate(opened, job, plan, { seed, step: 3, loaders: loaders([], 50) });
  const first = await measured(1);
  expect(await measured(1)).toEqual(first);
  expect((await measured(2)).made).not.toEqual(first.made);
  expect(await opened.readState()).toEqual(before);
});

test('more samples than one run makes are drawn in several, the last one cut', async () => {
  const { opened, ready } = session();
  await ready;
  const asked: number[] = [];
  const request = { seed: 1, step: 3, samples: 120, loaders: loaders(asked, 50) };
  const figures = await evaluate(opened, job, plan, request);
  expect(asked).toEqual([0, 1, 2]);
  // 120 points, 15 for each of 8 centres.
  expect(figures.real).toEqual({ modes: 8, high_quality: 1, reverse_kl: expect.closeTo(0, 12) });
});
