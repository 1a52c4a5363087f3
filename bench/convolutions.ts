import type { Compiled } from '../compiler/4-lower/compiled.ts';
import type { Node } from '../compiler/tensor/program.ts';
import { primitiveNamed } from '../compiler/tensor/registry.ts';
import { plainPrograms } from './models.ts';

/** One kind of convolution of a training step, or of its gradients: the same sizes, the same kind. */
export interface Convolution extends Pick<Node, 'op' | 'attributes' | 'shape'> {
  /** The shapes of what it takes: x and kernel; dy and kernel for an input gradient; x and dy for a filter gradient. */
  readonly inputs: readonly (readonly number[])[];
}

/** A kind, how often a step has it, and what one costs. */
export interface Use {
  readonly convolution: Convolution;
  readonly count: number;
  readonly flops: number;
}

export function convolutionsOf(model: Compiled): readonly Use[] {
  const uses = new Map<string, Use>();
  for (const program of plainPrograms(model)) {
    for (const node of program.nodes.filter(({ op }) => op.startsWith('conv'))) {
      const inputs = node.inputs.map((input) => program.nodes[input]!);
      const convolution: Convolution = {
        op: node.op,
        inputs: inputs.map(({ shape }) => shape),
        attributes: node.attributes,
        shape: node.shape,
      };
      const key = JSON.stringify(convolution);
      const flops = primitiveNamed(node.op).flops(inputs, node, node.attributes);
      const use = uses.get(key) ?? { convolution, count: 0, flops };
      uses.set(key, { ...use, count: use.count + 1 });
    }
  }
  return [...uses.values()];
}
