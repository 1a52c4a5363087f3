import { afterAll, beforeAll, expect, test } from 'vitest';
import { functions } from '../../compiler/functions/index.ts';
import { layers } from '../../compiler/layers/index.ts';
import * as t from '../../compiler/tensor/index.ts';
import type { Session } from '../../runtime/engines/engine.ts';
import { openEngine } from '../../runtime/engines/index.ts';
import { describeOn } from '../engines/on-each-engine.ts';
import { draw } from '../reference/draw.ts';
import { interpret } from '../reference/interpreter.ts';
import { applied, drawnFor, weightsOf } from './applied.ts';
import { readCall } from './written-call.ts';

const examples = [...layers, ...functions].flatMap((layer) =>
  layer.examples.map((example) => ({ layer, example })),
);

/** The value of an example and its first gradients, weighed at random, as one program. */
const programs = examples.map(({ layer, example }, index) => {
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
    const weighed = t.sum(
      t.mul(result, t.constant(builder, [...draw({ shape: result.shape }, 70).data], result.shape)),
    );
    const sources = values.filter(({ dtype }) => dtype === 'f32');
    t.gradients(weighed, sources).forEach((gradient, at) => {
      builder.output(`gradient ${at}`, gradient);
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
        expect(worst / scale, name).toBeLessThan(1e-5);
      }
    });
  },
);
