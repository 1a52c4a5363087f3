import { afterAll, beforeAll, expect, test } from 'vitest';
import * as t from '../../compiler/tensor/index.ts';
import type { Session } from '../../runtime/engines/engine.ts';
import { openEngine } from '../../runtime/engines/index.ts';
import { describeOn } from '../engines/on-each-engine.ts';
import { draw } from '../reference/draw.ts';
import { interpret } from '../reference/interpreter.ts';
import { allExamples } from './all-examples.ts';
import { applied, drawnFor, weightsOf } from './applied.ts';
import { readCall } from './written-call.ts';

/** Σ of all elements, each with a weight of its own. */
function weighed(values: readonly t.Value[], seed: number): t.Value {
  return t.addAll(
    values.map((value, at) => {
      const { data } = draw({ shape: value.shape }, seed + at);
      return t.sum(t.mul(value, t.constant(value.builder, [...data], value.shape)));
    }),
  );
}

/** The value of an example and its gradients of first and second order, weighed at random, as one program. */
const programs = allExamples.map(({ layer, example }, index) => {
  const { args } = readCall(example.call, [layer]);
  const weights = weightsOf(layer, args, example);
  const drawn = drawnFor(example, weights);
  const builder = new t.Builder(`${index} ${example.call}`);
  const values = drawn.map(({ shape, dtype = 'f32' }, at) =>
    t.input(builder, { name: `${at}`, shape, dtype, from: { kind: 'count' } }),
  );
  const result = applied(layer, args, weights, values, builder);
  builder.output('value', result);
  if (result.dtype === 'f32') {
    const sources = values.filter(({ dtype }) => dtype === 'f32');
    const first = t.gradients(weighed([result], 70), sources);
    const second = t.gradients(weighed(first, 80), sources);
    first.forEach((gradient, at) => {
      builder.output(`gradient ${at}`, gradient);
      builder.output(`second gradient ${at}`, second[at]!);
    });
  }
  const inputs = Object.fromEntries(
    drawn.map((one, at) => {
      const { data } = draw(one, 40 + at);
      return [`${at}`, one.dtype === 'i32' ? Int32Array.from(data) : Float32Array.from(data)];
    }),
  );
  return { title: example.call, program: builder.finish(), inputs };
});

describeOn(
  ['wasm', 'tensorflow'],
  'every layer example agrees with the reference, gradients included',
  (engine) => {
    let session: Session;
    beforeAll(async () => {
      const set = {
        version: 1,
        state: [],
        programs: Object.fromEntries(programs.map(({ program }) => [program.name, program])),
      };
      session = await openEngine(engine).open(set, { threads: 1 });
    });
    afterAll(() => session?.close());

    test.each(programs)('$title', async ({ program, inputs }) => {
      const expected = interpret(program, inputs).outputs;
      const found = await session.run(program.name, inputs);
      for (const [name, exact] of Object.entries(expected)) {
        const scale = exact.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
        const worst = exact.reduce(
          (most, value, at) => Math.max(most, Math.abs(value - found[name]![at]!)),
          0,
        );
        // What is differentiated twice in f32 is rounded that often.
        expect(worst / scale, name).toBeLessThan(name.startsWith('second') ? 5e-5 : 1e-5);
      }
    });
  },
);
