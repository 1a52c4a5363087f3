import { expect, test } from 'vitest';
import { optimizeProgram } from '../../../compiler/5-optimize/optimize.ts';
import { tensorflowTarget } from '../../../compiler/5-optimize/tensorflow/legalize.ts';
import { tensorflow } from '../../../runtime/engines/tensorflow/engine.ts';
import { convolution } from '../../5-optimize/convolution-program.ts';
import { draw } from '../../reference/draw.ts';
import { interpret } from '../../reference/interpreter.ts';
import { primitiveExamples } from '../../tensor/examples.ts';
import { typed, withSession } from '../compare.ts';
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

describeOn(['tensorflow'], 'by way of the Fourier transform', (engine) => {
  test.each([
    { batch: 32, length: 8, window: 7, channels: [32, 32] },
    { batch: 128, length: 14, window: 5, stride: 2, channels: [64, 128] },
  ] as const)('a convolution and its gradients are the same numbers: $length, $window', async (size) => {
    const program = convolution(size);
    const { nodes } = optimizeProgram(program, tensorflowTarget());
    expect(nodes.filter(({ op }) => op.startsWith('conv'))).toEqual([]);
    const inputs = Object.fromEntries(
      program.inputs.map((input, index) => [input.name, typed(draw(input, index + 1).data, 'f32')]),
    );
    // The reference would take a minute, and wasm convolves tap by tap.
    const [found, expected] = await Promise.all(
      [engine, 'wasm'].map((name) =>
        withSession(name, [program], [], (session) => session.run(program.name, inputs)),
      ),
    );
    for (const { name } of program.outputs) expect(error(found![name]!, expected![name]!)).toBeLessThan(1e-5);
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
