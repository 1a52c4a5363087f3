import { expect, test } from 'vitest';
import { drop } from '../../compiler/5-optimize/drop.ts';
import { fold } from '../../compiler/5-optimize/fold.ts';
import { rootsOf } from '../../compiler/5-optimize/plan-memory.ts';
import { share } from '../../compiler/5-optimize/share.ts';
import * as t from '../../compiler/tensor/index.ts';
import { layerExamples, type Use } from './all-examples.ts';
import { applied, BATCH, drawnFor, weightsOf } from './applied.ts';
import { readCall } from './written-call.ts';

/**
 * What a layer makes on the way and its gradients need is what it says that it `keeps`, within a factor: the estimate of memory
 * knows nothing else of its inside. What is made of weights alone does not count; no batch grows it.
 */
const FACTOR = 2.5;
const examples = layerExamples.filter(({ layer }) => layer.result !== 'batch');

test.each(examples.map((use) => [use.example.call, use] as const))('%s', (_, use) => {
  const { made, around, said } = kept(use);
  expect(made, 'it keeps more than it says').toBeLessThanOrEqual(FACTOR * (around + said));
  if (said > around) expect(made, 'it keeps less than it says').toBeGreaterThanOrEqual(said / FACTOR);
});

function kept({ layer, example }: Use) {
  const { args } = readCall(example.call, [layer]);
  const weights = weightsOf(layer, args, example).map((weight) => ({ ...weight, constraint: null }));
  const drawn = drawnFor(example, weights);
  const builder = new t.Builder('keeps');
  const values = drawn.map(({ shape, dtype = 'f32' }, at) =>
    t.input(builder, { name: `${at}`, shape, dtype, from: { kind: 'count' } }),
  );
  const y = applied(layer, args, weights, values, builder, { training: true });
  const back = t.input(builder, { name: 'back', shape: y.shape, dtype: 'f32', from: { kind: 'count' } });
  const moved = values.filter(({ dtype }) => dtype === 'f32');
  builder.output('y', y);
  for (const [at, gradient] of t.gradients(t.sum(t.mul(y, back)), moved).entries())
    builder.output(`gradient ${at}`, gradient);
  const { nodes, outputs } = [drop, fold, share, drop].reduce((p, pass) => pass(p), builder.finish());
  const given = new Set(example.inputs.map((_, at) => String(at)));
  const isDrawn = new Set(['normal', 'uniform']);
  const root = rootsOf({ nodes, outputs } as never);
  const isBack: boolean[] = [];
  /** Whether it depends on the examples, or is drawn for them. */
  const isOfBatch: boolean[] = [];
  const found = new Set<number>();
  for (const [id, { op, inputs, attributes }] of nodes.entries()) {
    isBack.push((op === 'input' && attributes.name === 'back') || inputs.some((input) => isBack[input]));
    isOfBatch.push(
      isDrawn.has(op) || given.has(String(attributes.name)) || inputs.some((input) => isOfBatch[input]),
    );
    if (isBack[id]) for (const input of inputs) if (!isBack[root[input]!]) found.add(root[input]!);
  }
  const own = [...found].filter(
    (id) => isOfBatch[id] && nodes[id]!.op !== 'input' && id !== root[outputs[0]!.value],
  );
  const numbers = own.reduce((sum, id) => sum + t.sizeOf(nodes[id]!.shape), 0) / BATCH;
  const around = t.sizeOf(example.output) + example.inputs.reduce((sum, shape) => sum + t.sizeOf(shape), 0);
  const query = { inputs: example.inputs, output: example.output, args, batch: BATCH };
  return { made: numbers, around, said: layer.keeps?.(query) ?? 0 };
}
