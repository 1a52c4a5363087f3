import { type MemoryPlan, planMemory } from '../../../compiler/5-optimize/plan-memory.ts';
import type { Node, Program } from '../../../compiler/tensor/program.ts';
import { LackingError } from '../engine.ts';
import { type Device, MissingKernel } from './device.ts';
import type { Step } from './emit/emission.ts';
import { emissionOf } from './emit/index.ts';

/** A program made ready for a device: one step per node, and what to free after each. */
export interface Prepared {
  readonly program: Program;
  readonly plan: MemoryPlan;
  /** By node; null where the session itself knows the value: inputs, state, constants. */
  readonly steps: readonly (Step | null)[];
}

const GIVEN = new Set(['input', 'state', 'constant']);

export function prepare(program: Program, device: Device): Prepared {
  const steps = program.nodes.map((node) => (GIVEN.has(node.op) ? null : stepOf(program, node, device)));
  return { program, plan: planMemory(program), steps };
}

/** @throws LackingError when the device has nothing to compute it with */
function stepOf({ nodes }: Program, node: Node, device: Device): Step {
  const emission = emissionOf(node.op, device);
  if (!emission) throw new LackingError(device.name, node);
  try {
    return emission(
      node,
      node.inputs.map((input) => nodes[input]!),
      device,
    );
  } catch (error) {
    throw error instanceof MissingKernel ? new LackingError(device.name, node) : error;
  }
}
