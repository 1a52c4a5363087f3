import { describe, expect, test } from 'vitest';
import { estimateMemory } from '../../compiler/3-check/memory-estimate.ts';
import { fewestExamples } from '../../compiler/4-lower/fewest-examples.ts';
import { compile } from '../../compiler/compile.ts';
import { inspect } from '../../compiler/print/inspection.ts';
import { inspectionTable } from '../../compiler/print/inspection-table.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { trainingInputs } from '../../runtime/train/inputs.ts';
import { RunOrder } from '../../runtime/train/run-order.ts';
import { findings, modelOf } from '../3-check/findings.ts';
import { compiled } from './compiled-text.ts';

interface Parts {
  readonly batch?: number;
  readonly D?: string;
  readonly G?: string;
  readonly train?: string;
  readonly judge?: string;
  readonly real?: string;
}

/** The latents of G's update are pushed by data, so that it reads some. */
function spec({ batch = 4, D = '', G = '', train = '', judge = 'x', real = 'points.at' }: Parts): string {
  return `
gan 1
latent z: normal(2)
data points from gaussians.ring() { at: [2] }
generator G(x: [2]) -> [2] { x -> dense(3, bias: false) -> batch_norm -> tanh -> dense(2) }
discriminator D(x: [2]) -> [1] { ${judge} -> dense(4) -> tanh -> dense(1) }
train on points {
  batch: ${batch}
  steps: 50
  ${train}
  real = ${real}
  fake = G(z + 0.1 * real)
  update D {
    ${D}
    loss: bce(D(real), 1) + bce(D(fake), 0)
    optimizer: adam(lr: 0.01)
  }
  update G {
    ${G}
    loss: bce(D(fake), 1)
    optimizer: adam(lr: 0.01)
  }
}`;
}

const inspected = (text: string) => {
  const { model, compiled: made } = compile(new SourceFile('a.gan', text));
  return { ...inspect(model!, made!), estimate: estimateMemory(model!, model!.training!) };
};

describe('an update with a batch of its own', () => {
  test('is the program that it is where all updates have that batch; the others stay as they are', () => {
    const [mixed, small, large] = [spec({ G: 'batch: 2 * 4' }), spec({}), spec({ batch: 8 })].map(
      (text) => compiled(text).set.programs,
    );
    expect(mixed!['update.G']).toEqual(large!['update.G']);
    expect(mixed!['update.D']).toEqual(small!['update.D']);
    expect(mixed!['update.G']).not.toEqual(small!['update.G']);
  });

  test('the batch of the training, written out, changes nothing', () => {
    expect(compiled(spec({ G: 'batch: 4' })).set).toEqual(compiled(spec({})).set);
  });

  test('draws as much data each time, in portions that all batches are made of', async () => {
    const made = compiled(spec({ D: 'times: 2', G: 'batch: 6' }));
    const order = new RunOrder(made);
    expect(order.portion('points')).toBe(2);
    expect(order.portion('others')).toBeNull();
    // 14 examples a step: 2, 2 and 3 portions.
    const drawn = order.at(1).map(({ draws }) => draws.get('points'));
    expect(drawn).toEqual([
      { first: 7, count: 2 },
      { first: 9, count: 2 },
      { first: 11, count: 3 },
    ]);
    expect(order.drawsAt(1, 2)).toEqual({ points: 11 });
    const batch = async (position: number) => ({ at: Float32Array.of(position, 0, position, 1) });
    const inputs = await trainingInputs(order.at(1)[2]!, 1, 7, new Map([['points', { size: 9, batch }]]));
    expect([...inputs['points.at']!]).toEqual([11, 0, 11, 1, 12, 0, 12, 1, 13, 0, 13, 1]);
    expect(new RunOrder(compiled(spec({}))).portion('points')).toBe(4);
  });

  test('gives networks as few examples as the smallest does', () => {
    const fewest = (parts: Parts) => Object.fromEntries(fewestExamples(modelOf(spec(parts))));
    expect(fewest({ G: 'batch: 3' })).toEqual({ D: 3, G: 3 });
    expect(fewest({ G: 'batch: 8' })).toEqual({ D: 4, G: 4 });
    expect(fewest({ D: 'batch: 5', G: 'batch: 8' })).toEqual({ D: 5, G: 5 });
  });

  test('costs what it takes, and the inspection says so', () => {
    const [mixed, small, large] = [spec({ G: 'batch: 8' }), spec({}), spec({ batch: 8 })].map(inspected);
    for (const cost of ['flops', 'bytes'] as const) {
      expect(mixed!.step![cost]).toBeGreaterThan(small!.step![cost]);
      expect(mixed!.step![cost]).toBeLessThan(large!.step![cost]);
    }
    const own = { batch: 4, batches: { G: 8 } };
    expect(mixed!.step).toMatchObject(own);
    expect(inspectionTable(mixed!)).toContain('one training step of 4 examples, 8 in update G\n');
    expect(small!.step!.batches).toEqual({});
    expect(inspectionTable(small!)).toContain('one training step of 4 examples\n');
  });

  test('is what memory is reckoned with', () => {
    const step = (parts: Parts) => inspected(spec(parts)).estimate.step;
    expect(step({ D: 'batch: 8', G: 'batch: 8' })).toBe(step({ batch: 8 }));
    expect(step({ G: 'batch: 800' })).toBeGreaterThan(10 * step({}));
  });
});

describe('what is wrong with a batch is said where it stands', () => {
  test('one draw is of one size', () => {
    expect(findings(spec({ train: 'draw: shared', G: 'batch: 8' }))).toEqual([
      'argument-value: `batch` of update G takes 4, since `draw: shared` shows all networks the same examples, but is given 8',
    ]);
    expect(findings(spec({ train: 'draw: shared', G: 'batch: 4' }))).toEqual([]);
  });

  test('packs come out even in the updates that make them', () => {
    const packed = { judge: 'pack(x, 2)' };
    expect(findings(spec({ ...packed, G: 'batch: 7' }))).toEqual([
      'argument-value: `batch` of update G takes a multiple of 2, since pack puts 2 examples together, but is given 7',
    ]);
    expect(findings(spec({ ...packed, batch: 7 }))).toEqual([
      'argument-value: `batch` of train takes a multiple of 2, since pack puts 2 examples together, but is given 7',
    ]);
    expect(findings(spec({ ...packed, batch: 7, D: 'batch: 8', G: 'batch: 6' }))).toEqual([]);
  });

  test('a batch of one is none for batch_norm', () => {
    const told = (parts: Parts) => findings(spec(parts)).filter((text) => text.startsWith('batch-too-small'));
    expect(told({ G: 'batch: 1' })).toHaveLength(1);
    expect(told({ batch: 1, D: 'batch: 2', G: 'batch: 2' })).toEqual([]);
  });

  test('a batch that is too large', () => {
    expect(findings(spec({ G: 'batch: 100_000' }))).toEqual([
      'network-too-large: batch comes to 100,000; the limit is 65,536',
    ]);
    expect(findings(spec({ G: 'batch: 0' }))[0]).toContain('batch of update G must be at least 1');
  });
});
