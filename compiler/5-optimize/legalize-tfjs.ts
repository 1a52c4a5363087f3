import * as t from '../tensor/index.ts';
import type { Primitive } from '../tensor/primitive.ts';
import type { PadAttributes } from '../tensor/primitives/pad.ts';
import { primitivesByName } from '../tensor/registry.ts';
import { type Rule, rewrite } from './rewrite.ts';
import type { Target } from './target.ts';
import { legalConvolution } from './tfjs/convolution.ts';
import { fuseElementwise } from './tfjs/fuse-elementwise.ts';
import { fused } from './tfjs/fused.ts';
import { withoutInterior } from './tfjs/pad.ts';

/** Rules, each a step from what a tfjs backend lacks or is slow at to what it has. */
function rulesFor(backend: 'wasm' | 'cpu'): Readonly<Record<string, Rule>> {
  const convolution: Rule = (node, inputs) => legalConvolution(node, inputs, backend === 'cpu');
  return {
    conv: convolution,
    conv_input_grad: convolution,
    conv_filter_grad: convolution,
    max_pool: (node, inputs) => primitivesByName().get('max_pool')!.decompose!(inputs, node.attributes),
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

/** Rules make work for one another; each leads nearer to what needs none. */
const MAX_ROUNDS = 8;

/** What the optimizer must know of a tfjs backend. */
export function tfjsTarget(backend: 'wasm' | 'cpu'): Target {
  const rules = rulesFor(backend);
  return {
    name: backend,
    ...(backend === 'wasm' && { fuse: fuseElementwise, primitives: [fused as unknown as Primitive] }),
    legalize(program) {
      let current = program;
      for (let round = 0; round < MAX_ROUNDS; round++) {
        const next = rewrite(
          current,
          (node, inputs, builder) => rules[node.op]?.(node, inputs, builder) ?? null,
        );
        if (next === current) break;
        current = next;
      }
      return current;
    },
  };
}
