import * as t from '../../tensor/index.ts';
import type { Primitive } from '../../tensor/primitive.ts';
import type { PadAttributes } from '../../tensor/primitives/pad.ts';
import { decompose, type Rule, settle } from '../rewrite.ts';
import type { Target } from '../target.ts';
import { legalConvolution } from './convolution.ts';
import { fuseElementwise } from './fuse-elementwise.ts';
import { fused } from './fused.ts';
import { withoutInterior } from './pad.ts';

/** Rules, each a step from what a tfjs backend lacks or is slow at to what it has. */
function rulesFor(backend: 'wasm' | 'cpu'): Readonly<Record<string, Rule>> {
  const convolution: Rule = (node, inputs) => legalConvolution(node, inputs, backend === 'cpu');
  return {
    conv: convolution,
    conv_input_grad: convolution,
    conv_filter_grad: convolution,
    batch_norm: decompose,
    batch_norm_grad: decompose,
    max_pool: decompose,
    pad(node, [x]) {
      const attributes = node.attributes as unknown as PadAttributes;
      const isSpread = attributes.interior.some((count) => count > 0);
      return isSpread && backend === 'cpu' ? withoutInterior(x!, attributes) : null;
    },
    /** A transposed second factor costs eight times what transposing it first does. */
    matmul(node, [a, b]) {
      const { transposeA, transposeB } = node.attributes;
      if (!transposeA && !transposeB) return null;
      const turned = (x: t.Value) => {
        const axes = x.shape.map((_, axis) => axis);
        return t.transpose(x, [...axes.slice(0, -2), axes.at(-1)!, axes.at(-2)!]);
      };
      return t.matmul(transposeA ? turned(a!) : a!, transposeB ? turned(b!) : b!);
    },
  };
}

/** What the optimizer must know of a tfjs backend. */
export function tfjsTarget(backend: 'wasm' | 'cpu'): Target {
  const rules = rulesFor(backend);
  return {
    name: backend,
    ...(backend === 'wasm' && { fuse: fuseElementwise, primitives: [fused as unknown as Primitive] }),
    legalize: (program) => settle(program, rules),
  };
}
