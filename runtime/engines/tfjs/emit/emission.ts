import type { Node } from '../../../../compiler/tensor/program.ts';
import type { Device, TensorInfo } from '../device.ts';

/** Runs one node: its inputs' tensors in, a new tensor out. */
export type Step = (inputs: readonly TensorInfo[]) => TensorInfo;

/** Prepares one node for a device, once: what can be known before the first run is worked out here. */
export type Emission = (node: Node, inputs: readonly Node[], device: Device) => Step;
