import { expect, test } from 'vitest';
import { tensorflow } from '../../../runtime/engines/tensorflow/engine.ts';
import { draw } from '../../reference/draw.ts';
import { interpret } from '../../reference/interpreter.ts';
import { primitiveExamples } from '../../tensor/examples.ts';
import { typed } from '../compare.ts';
import { describeOn } from '../on-each-engine.ts';
import { smallGan, stepInputs } from '../small-gan.ts';
import { programOf } from '../twice-differentiated.ts';

const gan = smallGan();
const KEY = { key: Int32Array.of(3, 0, 0, 0) };

describeOn(['tensorflow'], 'against the reference', () => {
  test('every primitive and its first and second gradients agree with the reference', async () => {
    const programs = Object.fromEntries(
      primitiveExamples.map((example, at) => [`e${at}`, programOf(example)]),
    );
    const session = await tensorflow.open({ version: 1, state: [], programs });
    const wrong: string[] = [];
    for (const [at, example] of primitiveExamples.entries()) {
      const program = programs[`e${at}`]!;
      const inputs = Object.fromEntries(
        program.inputs.map(({ name, dtype }, index) => [
          name,
          typed(draw(example.inputs[index]!, index + 1).data, dtype),
        ]),
      );
      const expected = interpret(program, inputs).outputs;
      const outputs = await session.run(`e${at}`, inputs);
      const worst = Math.max(...program.outputs.map(({ name }) => error(outputs[name]!, expected[name]!)));
      if (!(worst < 2e-5)) wrong.push(`${example.title}: ${worst}`);
    }
    await session.close();
    expect(wrong).toEqual([]);
  });

  test('a training step moves every weight as the reference does, with the same draws', async () => {
    const session = await tensorflow.open(gan.set);
    await session.run('init', KEY);
    const before = await session.readState();
    await session.run('step', stepInputs(gan, 1));
    const after = await session.readState();
    await session.close();
    const start = interpret(gan.set.programs.init!, KEY, {}).state;
    const whole = Object.fromEntries(
      gan.set.state.map(({ path, shape }) => [
        path,
        start[path] ?? new Float64Array(shape.reduce((a, b) => a * b, 1)),
      ]),
    );
    const expected = interpret(gan.set.programs.step!, stepInputs(gan, 1), whole).state;
    const wrong = gan.set.state
      .map(
        ({ path }) =>
          [path, error(before.get(path)!, whole[path]!), error(after.get(path)!, expected[path]!)] as const,
      )
      .filter(([, first, second]) => !(first < 1e-4 && second < 1e-4));
    expect(wrong).toEqual([]);
  });
});

/** The largest difference, relative to the largest expected number where that is above 1. */
function error(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  const scale = Array.from(expected).reduce((most, x) => Math.max(most, Math.abs(x)), 1);
  return Array.from(found).reduce(
    (worst, x, at) => {
      const difference = Math.abs(x - expected[at]!) / scale;
      return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(worst, difference);
    },
    found.length === expected.length ? 0 : Number.POSITIVE_INFINITY,
  );
}
