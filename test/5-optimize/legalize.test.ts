import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { viaFourier } from '../../compiler/5-optimize/fourier.ts';
import { optimizeProgram } from '../../compiler/5-optimize/optimize.ts';
import type { Target } from '../../compiler/5-optimize/target.ts';
import { tensorflowTarget } from '../../compiler/5-optimize/tensorflow/legalize.ts';
import { paddingRule } from '../../compiler/5-optimize/tensorflow/padding-rule.ts';
import { tfjsTarget } from '../../compiler/5-optimize/tfjs/legalize.ts';
import { completeConvolution } from '../../compiler/tensor/convolution.ts';
import * as t from '../../compiler/tensor/index.ts';
import { programOf } from '../engines/twice-differentiated.ts';
import { draw } from '../reference/draw.ts';
import { interpret } from '../reference/interpreter.ts';
import { primitiveExamples } from '../tensor/examples.ts';

interface Engine {
  readonly target: Target;
  /** What the engine cannot do, or not well: none of it may be left. */
  lacks(node: t.Node, inputs: readonly t.Node[]): boolean;
}

const isConvolution = ({ op }: t.Node) => op.startsWith('conv');
const isGrouped = ({ attributes }: t.Node) => attributes.groups !== 1;
const strides = ({ attributes }: t.Node) => attributes.strides as number[];
const isDilated = ({ attributes }: t.Node) => (attributes.dilations as number[]).some((n) => n > 1);

const engines: Readonly<Record<string, Engine>> = {
  wasm: {
    target: tfjsTarget('wasm'),
    lacks: (node) =>
      ['conv_input_grad', 'conv_filter_grad', 'max_pool'].includes(node.op) ||
      (node.op === 'matmul' && Boolean(node.attributes.transposeA || node.attributes.transposeB)) ||
      (node.op === 'conv' && node.shape.length !== 4),
  },
  cpu: {
    target: tfjsTarget('cpu'),
    lacks: (node) =>
      node.op === 'max_pool' ||
      (isConvolution(node) &&
        (strides(node).length !== 2 || isGrouped(node) || (node.op !== 'conv' && isDilated(node)))),
  },
  tensorflow: {
    target: tensorflowTarget(),
    lacks: (node, inputs) =>
      node.op === 'max_pool' ||
      (isConvolution(node) &&
        (strides(node).length === 1 ||
          ((strides(node).length === 3 || node.op !== 'conv') &&
            (isDilated(node) || paddingRule(node, inputs) === null)))),
  },
  'the Fourier transform': {
    target: { name: 'fourier', legalize: viaFourier(() => true) },
    lacks(node, [, kernel]) {
      if (!isConvolution(node) || strides(node).length !== 2 || isGrouped(node) || isDilated(node))
        return false;
      const window = node.op === 'conv_filter_grad' ? node.shape : kernel!.shape;
      return (node.attributes.padding as [number, number][]).every(
        ([before], axis) => before < window[axis]!,
      );
    },
  },
};

/** The largest difference on the float64 reference between a program and what is made of it for an engine. */
function change(program: t.Program, { target, lacks }: Engine, inputs: Record<string, Float64Array>): number {
  const after = optimizeProgram(program, target);
  const inputsOf = ({ inputs }: t.Node) => inputs.map((input) => after.nodes[input]!);
  expect(after.nodes.filter((node) => lacks(node, inputsOf(node))).map(({ op }) => op)).toEqual([]);
  const expected = interpret(program, inputs).outputs;
  const found = interpret(after, inputs, {}, target.primitives).outputs;
  let worst = 0;
  for (const [name, numbers] of Object.entries(expected)) {
    const scale = numbers.reduce((largest, number) => Math.max(largest, Math.abs(number)), 1);
    numbers.forEach((number, at) => {
      const error = Math.abs(number - found[name]![at]!) / scale;
      worst = Number.isNaN(error) ? Number.POSITIVE_INFINITY : Math.max(worst, error);
    });
  }
  return worst;
}

describe.each(Object.entries(engines))('for %s', (_, engine) => {
  test.each(primitiveExamples)('$title and both gradients stay what they are', (example) => {
    const inputs = Object.fromEntries(
      example.inputs.map((input, index) => [`x${index}`, draw(input, index + 1).data]),
    );
    // Constants that are folded together are rounded to f32.
    expect(change(programOf(example), engine, inputs)).toBeLessThan(1e-6);
  });
});

const small = fc.integer({ min: 1, max: 3 });

/** Any convolution over so many axes that there is, with both gradients; no axis longer than `longest`. */
function convolutions(axes: number, longest: number) {
  const perAxis = <T>(each: fc.Arbitrary<T>) => fc.array(each, { minLength: axes, maxLength: axes });
  const side = fc.integer({ min: 0, max: 3 });
  return fc
    .record({
      size: perAxis(fc.integer({ min: 1, max: longest })),
      window: perAxis(small),
      strides: perAxis(small),
      dilations: perAxis(small),
      padding: perAxis(fc.tuple(side, side)),
      groups: fc.integer({ min: 1, max: 2 }),
      channels: fc.integer({ min: 1, max: 2 }),
      filters: fc.integer({ min: 1, max: 2 }),
    })
    .filter(({ size, window, dilations, padding }) =>
      size.every(
        (length, axis) =>
          length + padding[axis]![0] + padding[axis]![1] > (window[axis]! - 1) * dilations[axis]!,
      ),
    );
}

test.each([
  { axes: 2, longest: 7, name: 'wasm', numRuns: 150 },
  { axes: 1, longest: 7, name: 'tensorflow', numRuns: 50 },
  { axes: 2, longest: 7, name: 'tensorflow', numRuns: 100 },
  { axes: 3, longest: 4, name: 'tensorflow', numRuns: 50 },
  { axes: 3, longest: 4, name: 'wasm', numRuns: 50 },
  { axes: 2, longest: 7, name: 'the Fourier transform', numRuns: 150 },
])(
  'any convolution over $axes axes and both its gradients, for $name',
  ({ axes, longest, name, numRuns }) => {
    fc.assert(
      fc.property(convolutions(axes, longest), ({ size, window, channels, filters, ...attributes }) => {
        const { groups } = attributes;
        const builder = new t.Builder('test');
        const x = t.input(builder, {
          name: 'x',
          shape: [2, ...size, channels * groups],
          dtype: 'f32',
          from: { kind: 'count' },
        });
        const kernel = t.input(builder, {
          name: 'kernel',
          shape: [...window, channels, filters * groups],
          dtype: 'f32',
          from: { kind: 'count' },
        });
        const y = t.conv(x, kernel, attributes);
        builder.output('y', y);
        t.gradients(t.sum(t.square(y)), [x, kernel]).forEach((gradient, index) => {
          builder.output(`gradient ${index}`, gradient);
        });
        const inputs = { x: draw(x, 1).data, kernel: draw(kernel, 2).data };
        expect(change(builder.finish(), engines[name]!, inputs)).toBeLessThan(1e-6);
      }),
      { numRuns },
    );
  },
);

describe.each(['wasm', 'tensorflow'] as const)('a convolution in groups on %s', (name) => {
  const nodesWith = (groups: number) => {
    const { primitive } = t.conv;
    const one = [1, 1] as const;
    const attributes = completeConvolution(2, { strides: [2, 2], padding: [one, one], groups });
    const inputs = [[1, 6, 6, 24] as const, [4, 4, 24 / groups, 48] as const];
    const drawn = inputs.map((shape) => ({ shape }));
    const program = programOf({ title: '', primitive, example: { inputs, attributes }, inputs: drawn });
    return optimizeProgram(program, engines[name]!.target).nodes.length;
  };

  test('is as many nodes, both gradients included, however many groups there are', () => {
    expect(nodesWith(12)).toBe(nodesWith(3));
  });
});
