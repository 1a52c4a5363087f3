import type { Node } from '../../../../compiler/tensor/program.ts';
import type { GraphWriter, Tensor } from '../graph-writer.ts';

/** What an emission sees of one application of a primitive. */
export interface Application {
  readonly node: Node;
  /** The nodes that made the inputs, for their shapes. */
  readonly from: readonly Node[];
  readonly inputs: readonly Tensor[];
  readonly graph: GraphWriter;
}

/** Writes one primitive as TensorFlow nodes and names its result. */
export type Emission = (application: Application) => Tensor;
