import type { Program } from '../../tensor/program.ts';
import { sameShape } from '../../tensor/shapes.ts';
import { rewrite } from '../rewrite.ts';
import { leakyReluGrad } from './leaky-relu-grad.ts';

/** Puts together what TensorFlow has one kernel for. */
export function fuseTensorflow(program: Program): Program {
  return rewrite(program, (node, inputs, builder) => {
    if (node.op !== 'mul') return null;
    for (const [d, slope] of [inputs, inputs.toReversed()]) {
      const made = builder.nodes[slope!.id]!;
      if (made.op !== 'step' || !sameShape(d!.shape, slope!.shape)) continue;
      return leakyReluGrad(d!, builder.value(made.inputs[0]!), made.attributes.low as number);
    }
    return null;
  });
}
