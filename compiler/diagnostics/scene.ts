import type { MachineMemory } from '../source/machine-memory.ts';

/**
 * What stands around an example, for a mistake that does not show in the text alone: a machine, or something that is
 * done with the spec once it has been checked. The tests set the scene and play it.
 */
export type Scene<F = unknown> =
  /** It is checked for this machine. */
  | { readonly machine: MachineMemory }
  | (Played<F> &
      (
        | { readonly play: 'open its data' }
        /** An engine opens it that lacks a kernel of TensorFlow.js, such as `Erf`. */
        | { readonly play: 'open it on an engine'; readonly without: string }
        | { readonly play: 'sample it' }
        /** A training of another spec is resumed with it. */
        | { readonly play: 'resume'; readonly trained: string }
      ));

interface Played<F> {
  /** What the bad example is found guilty of: its page shows that, and the test compares. */
  readonly facts: F;
  /** The place in the spec, as `placeInModel` understands it: `faces.class`, `G/dense`. */
  readonly about: string;
}
