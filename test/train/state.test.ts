import { describe, expect, test } from 'vitest';
import { compile } from '../../compiler/compile.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { Trainer } from '../../runtime/train/trainer.ts';
import { referenceSession } from './reference-session.ts';
import { smallJob } from './small-job.ts';

const specOf = (state: string, draws = 'shared') => `
gan 1

latent z: uniform(3)

data points from gaussians.ring() {
  at: [2]
}

generator G(z) -> [2] {
  z -> dense(4) -> elu -> dense(2)
}

discriminator D(x: [2]) -> [2] {
  x -> dense(4) -> elu -> dense(2)
}

train on points {
  batch: 4
  steps: 10
  draw: ${draws}
  fake   = G(z)
  L_real = l1(D(points.at), points.at)
  L_fake = l1(D(fake), fake)
  ${state}
  update D {
    loss: began.critic(L_real, L_fake, k)
    optimizer: adam(lr: 1e-2)
  }
  update G {
    loss: began.generator(L_fake)
    optimizer: adam(lr: 1e-2)
  }
}
`;

const began = 'state k { start: 0.2  next: clip(k + 0.3 * (0.5 * L_real - L_fake), 0, 1) }';

function read(text: string) {
  const { compiled, diagnostics } = compile(new SourceFile('began.gan', text));
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return { compiled, errors: errors.map(({ message }) => message) };
}

async function started(text: string) {
  const { compiled, errors } = read(text);
  expect(errors).toEqual([]);
  const session = referenceSession(compiled!.set);
  const batch = async (position: number) => ({
    at: Float32Array.from({ length: 8 }, (_, i) => Math.sin(position + i)),
  });
  const loaders = new Map([['points', { size: 10, batch }]]);
  const trainer = new Trainer({ ...smallJob(), compiled: compiled! }, session, loaders, 5);
  await trainer.initialize();
  const k = async () => (await session.readState(['state/k'])).get('state/k')![0]!;
  return { trainer, k, compiled: compiled! };
}

describe('a number that training carries along', () => {
  test('goes as its formula says, from the losses of the same step before weights move', async () => {
    const { trainer, k } = await started(specOf(began));
    const seen = [await k()];
    expect(seen[0]).toBeCloseTo(0.2, 6);
    for (let step = 0; step < 3; step++) {
      const before = seen.at(-1)!;
      const shown = await trainer.takeStep();
      const fake = shown['loss G']!;
      const real = shown['loss D']! + before * fake;
      const expected = Math.min(Math.max(before + 0.3 * (0.5 * real - fake), 0), 1);
      expect(shown.k).toBeCloseTo(expected, 5);
      expect(await k()).toBe(shown.k);
      seen.push(shown.k!);
    }
    expect(new Set(seen).size).toBe(4);
  });

  test('is in the checkpoint, and a resumed run goes on with it', async () => {
    const whole = await started(specOf(began, 'fresh'));
    await whole.trainer.takeStep();
    const saved = await whole.trainer.checkpoint('reference', 10);
    expect(saved.state.get('state/k')!.shape).toEqual([]);
    const rest = await whole.trainer.takeStep();
    const again = await started(specOf(began, 'fresh'));
    await again.trainer.restore(saved);
    expect(await again.trainer.takeStep()).toEqual(rest);
  });

  test('moves in the first update that rests on it, and is shown with its loss', () => {
    const shown = (state: string) => read(specOf(state, 'fresh')).compiled!.step.map(({ losses }) => losses);
    expect(shown(began)).toEqual([['loss D', 'k'], ['loss G']]);
    // k rests on m, and no update on n.
    const more = `state m { next: 0.9 * m + 0.1 * L_real }
  state n { next: n + m }
  state k { next: clip(k + 0.1 * m, 0, 1) }`;
    expect(shown(more)).toEqual([
      ['loss D', 'm', 'k'],
      ['loss G', 'n'],
    ]);
  });
});

describe('a state that cannot be carried along', () => {
  test.each([
    ['state k { start: 0 }', 'state k needs the option `next`'],
    [
      'state k { next: D(fake) }',
      '`next` of state k takes one number for the batch, such as clip(k + 0.01, 0, 1), but is given something for every example',
    ],
    ['state k { start: none  next: k }', '`start` of state k takes a number, but is given none'],
    ['state k { next: k  every: 3 }', 'state k has no option `every`'],
    [`${began}\n  k = 3`, '`k` is declared twice'],
  ])('%s', (state, message) => {
    expect(read(specOf(state)).errors).toEqual([message]);
  });
});

test('ADA, as the page of adaptive_augment has it: p rises while D is sure of real pictures', async () => {
  const { compiled, errors } = read(`
gan 1
latent z: normal(2)
data points from paired("x", "y") { image: [4, 4, 1] in [-1, 1] }
generator G(z) -> [4, 4, 1] { z -> dense(16) -> reshape(4, 4, 1) -> tanh }
discriminator D(x: [4, 4, 1]) -> [1] { x -> flatten -> dense(1, bias: false) }
train on points {
  batch: 4
  steps: 10
  real = points.image -> adaptive_augment(p)
  fake = G(z) -> adaptive_augment(p)
  state p { next: clip(p + 0.25 * sign(mean(sign(D(real))) - 0.6), 0, 1) }
  update D {
    loss: bce(D(real), 1) + bce(D(fake), 0)
    optimizer: sgd(lr: 0)
  }
  update G {
    loss: bce(D(fake), 1)
    optimizer: sgd(lr: 0)
  }
}
`);
  expect(errors).toEqual([]);
  const session = referenceSession(compiled!.set);
  const image = Float32Array.from({ length: 64 }, () => 1);
  const loaders = new Map([['points', { size: 10, batch: async () => ({ image }) }]]);
  const trainer = new Trainer({ ...smallJob(), compiled: compiled! }, session, loaders, 5);
  await trainer.initialize();
  const judge = async (weight: number) => {
    await session.writeState(new Map([['D/dense/kernel', Float32Array.from({ length: 16 }, () => weight)]]));
    return (await trainer.takeStep()).p;
  };
  // Nothing is augmented at first, and D says real of all: p rises; where it says fake, p falls.
  expect(await judge(1)).toBe(0.25);
  expect(await judge(-1)).toBe(0);
  expect(await judge(-1)).toBe(0);
});
