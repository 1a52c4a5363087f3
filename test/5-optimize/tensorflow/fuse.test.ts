import { expect, test } from 'vitest';
import { optimizeProgram } from '../../../compiler/5-optimize/optimize.ts';
import { fuseTensorflow } from '../../../compiler/5-optimize/tensorflow/fuse.ts';
import { tensorflowTarget } from '../../../compiler/5-optimize/tensorflow/legalize.ts';
import * as t from '../../../compiler/tensor/index.ts';
import { interpret } from '../../reference/interpreter.ts';

const X = [-2, -0.5, 0, 0.5, 1, 3];

/** An output `y` made of x, of shape [2, 3]. */
function programOf(make: (x: t.Value) => t.Value): t.Program {
  const builder = new t.Builder('test');
  const x = t.input(builder, { name: 'x', shape: [2, 3], dtype: 'f32', from: { kind: 'count' } });
  builder.output('y', make(x));
  return builder.finish();
}

const opsOf = ({ nodes }: t.Program) => nodes.map(({ op }) => op);

test.each([
  ['relu', t.relu, 0],
  ['leaky_relu', (x: t.Value) => t.leakyRelu(x, 0.2), 0.2],
  ['leaky_relu that falls', (x: t.Value) => t.leakyRelu(x, -0.5), -0.5],
] as const)('the gradient of %s is one kernel, and the same numbers', (_, activation, slope) => {
  const program = programOf((x) => t.gradients(t.sum(t.mul(activation(x), t.sin(x))), [x])[0]!);
  const after = optimizeProgram(program, tensorflowTarget());
  const fused = after.nodes.filter(({ op }) => op === 'leaky_relu_grad');
  expect(fused.map(({ attributes }) => attributes)).toEqual([{ slope }]);
  expect(opsOf(after)).not.toContain('step');
  const { primitives } = tensorflowTarget();
  const [expected, found] = [interpret(program, { x: X }), interpret(after, { x: X }, {}, primitives)];
  X.forEach((_, at) => {
    expect(found.outputs.y![at]).toBeCloseTo(expected.outputs.y![at]!, 12);
  });
});

test('whichever side the slope stands on', () => {
  const [left, right] = [
    programOf((x) => t.mul(t.step(x, 0.1), t.cos(x))),
    programOf((x) => t.mul(t.cos(x), t.step(x, 0.1))),
  ].map(fuseTensorflow);
  expect(opsOf(left!)).toContain('leaky_relu_grad');
  const outputs = [left!, right!].map(
    (program) => interpret(program, { x: X }, {}, tensorflowTarget().primitives).outputs.y,
  );
  expect(outputs[0]).toEqual(outputs[1]);
});

test('a slope that is stretched over the other factor stays as it is', () => {
  const program = programOf((x) => t.mul(x, t.step(t.slice(x, [0, 0], [1, 3]), 0.1)));
  expect(fuseTensorflow(program)).toBe(program);
});
