import { describe, expect, test } from 'vitest';
import * as t from '../../compiler/tensor/index.ts';
import { NonFiniteError, type Session, type TensorData } from '../../runtime/engines/engine.ts';
import { openEngine } from '../../runtime/engines/index.ts';
import { withSession } from './compare.ts';
import { describeOn } from './on-each-engine.ts';
import { smallGan, stepInputs } from './small-gan.ts';

const gan = smallGan();
const KEY = { key: Int32Array.of(3, 0, 0, 0) };

async function withGan<T>(
  engine: string,
  threads: number,
  body: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await openEngine(engine).open(gan.set, { threads });
  try {
    await session.run('init', KEY);
    return await body(session);
  } finally {
    await session.close();
  }
}

async function trained(engine: string, threads: number, steps: number): Promise<Map<string, TensorData>> {
  return withGan(engine, threads, async (session) => {
    for (let step = 1; step <= steps; step++) await session.run('step', stepInputs(gan, step));
    return session.readState();
  });
}

function hasOneWeight(path: string, initial: number): t.Program[] {
  const variable = { path, shape: [2], dtype: 'f32', role: 'weight' } as const;
  const init = new t.Builder('init');
  init.assign(path, t.constant(init, initial, [2]));
  const update = new t.Builder('update');
  const weight = t.state(update, variable);
  const x = t.input(update, { name: 'x', shape: [2], dtype: 'f32', from: { kind: 'count' } });
  const logs = update.within('D/log', () => t.log(x));
  const masked = t.select(t.greater(x, 5), t.log(t.sub(x, 5)), 0);
  update.output('loss D', t.add(t.sum(t.mul(logs, weight)), t.sum(masked)));
  update.output('other', t.div(1, x));
  update.assign(path, t.add(weight, 1));
  return [init.finish(), update.finish()];
}
const ONE_WEIGHT = [{ path: 'w', shape: [2], dtype: 'f32', role: 'weight' }] as const;

describeOn(['tensorflow', 'wasm', 'cpu'], 'a session', (engine) => {
  test('gives the same bits for the same seed, and others for another', async () => {
    const [first, second] = [await trained(engine, 2, 3), await trained(engine, 2, 3)];
    expect(second).toEqual(first);
    const kernel = first.get('G/dense/kernel')!;
    const other = await withGan(engine, 2, async (session) => {
      await session.run('init', { key: Int32Array.of(4, 0, 0, 0) });
      return (await session.readState(['G/dense/kernel'])).get('G/dense/kernel')!;
    });
    expect(kernel.every(Number.isFinite)).toBe(true);
    expect(other).not.toEqual(kernel);
  });

  test('state read and written back goes on to the same bits', async () => {
    const expected = await trained(engine, 2, 4);
    const half = await trained(engine, 2, 2);
    const resumed = await withGan(engine, 2, async (session) => {
      await session.writeState(half);
      expect(await session.readState()).toEqual(half);
      for (let step = 3; step <= 4; step++) await session.run('step', stepInputs(gan, step));
      return session.readState();
    });
    expect(resumed).toEqual(expected);
  });

  test('writes to the state only what fits, all of it or nothing', async () => {
    await withSession(engine, hasOneWeight('w', 2), ONE_WEIGHT, async (session) => {
      await session.run('init', {});
      await expect(session.writeState(new Map([['w', new Float32Array(3)]]))).rejects.toThrow(
        '2 numbers, not 3',
      );
      await expect(session.readState(['v'])).rejects.toThrow('no state named v');
      await expect(session.run('update', {})).rejects.toThrow('2 numbers as x, not none');
      expect((await session.readState()).get('w')).toEqual(Float32Array.of(2, 2));
    });
  });

  test('copies what it is given: an array that changes later changes no weight, and no weight an array', async () => {
    await withSession(engine, hasOneWeight('w', 2), ONE_WEIGHT, async (session) => {
      // Arrays begin at all kinds of addresses, some of which an engine could use as they are.
      for (let attempt = 0; attempt < 50; attempt++) {
        const given = Float32Array.of(attempt, attempt);
        await session.writeState(new Map([['w', given]]));
        given.fill(-1);
        expect((await session.readState()).get('w')).toEqual(Float32Array.of(attempt, attempt));
        await session.run('update', { x: Float32Array.of(1, 2) });
        expect(given).toEqual(Float32Array.of(-1, -1));
      }
    });
  });

  test('holds no tensor and no byte more after 1,000 steps than after 10, nor a higher peak', async () => {
    await withGan(engine, 1, async (session) => {
      const memoryAfter = async (from: number, to: number) => {
        for (let step = from; step <= to; step++) await session.run('step', stepInputs(gan, step));
        await session.run('sample.G', sampleInputs());
        return session.memory();
      };
      const early = await memoryAfter(1, 10);
      // Beside the state a tfjs session keeps its constants; tensorflow has them in its graph.
      const kept = gan.set.state.length + (engine === 'tensorflow' ? 0 : 1);
      expect(early.tensors).toBeGreaterThanOrEqual(kept);
      expect(await memoryAfter(11, 1000)).toEqual(early);
    });
  });

  test('refuses a loss that is not finite, writes nothing, and names where it began', async () => {
    await withSession(engine, hasOneWeight('w', 2), ONE_WEIGHT, async (session) => {
      await session.run('init', {});
      const broken = { x: Float32Array.of(1, -1) };
      await expect(session.run('update', broken)).rejects.toThrow(NonFiniteError);
      await expect(session.run('update', broken)).rejects.toMatchObject({
        program: 'update',
        output: 'loss D',
      });
      expect((await session.readState()).get('w')).toEqual(Float32Array.of(2, 2));
      expect(await session.diagnose('update', broken)).toMatchObject({
        program: 'update',
        op: 'log',
        origin: 'D/log',
        state: null,
      });
      const after = session.memory().tensors;
      await expect(session.run('update', broken)).rejects.toThrow(NonFiniteError);
      expect(session.memory().tensors).toBe(after);

      // log(x − 5) is not finite either where it is masked out: nobody is to blame.
      const fine = { x: Float32Array.of(1, 2) };
      await session.run('update', fine);
      expect((await session.readState()).get('w')).toEqual(Float32Array.of(3, 3));
      expect(await session.diagnose('update', fine)).toBeNull();

      await session.writeState(new Map([['w', Float32Array.of(Number.NaN, 1)]]));
      expect(await session.diagnose('update', fine)).toMatchObject({ op: 'state', state: 'w' });
    });
  });
});

function sampleInputs(): Record<string, TensorData> {
  return Object.fromEntries(
    gan.set.programs['sample.G']!.inputs.map(({ name, shape }) => [
      name,
      new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.5),
    ]),
  );
}

describe.each(['wasm', 'cpu'])('memory on %s', (engine) => {
  test('plans its peak within 20 % of what it measures', async () => {
    await withGan(engine, 1, async (session) => {
      await session.run('step', stepInputs(gan, 1));
      const { plannedPeakBytes, peakBytes } = session.memory();
      expect(plannedPeakBytes / peakBytes!).toBeGreaterThan(0.8);
      expect(plannedPeakBytes / peakBytes!).toBeLessThan(1.2);
    });
  });
});

describe('threads of wasm', () => {
  test('as many as were asked for, with the same results as one up to rounding', async () => {
    const { acquire } = await import('../../runtime/engines/tfjs/devices.ts');
    for (const threads of [1, 2, 3]) {
      const { device, release } = await acquire('wasm', threads);
      expect(device.threads).toBe(threads);
      release();
    }
    const [one, two] = [await trained('wasm', 1, 2), await trained('wasm', 2, 2)];
    for (const [path, numbers] of one) {
      const other = two.get(path)!;
      numbers.forEach((number, index) => {
        expect(Math.abs(number - other[index]!)).toBeLessThan(1e-4);
      });
    }
  });
});
