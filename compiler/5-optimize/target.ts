import type { Primitive } from '../tensor/primitive.ts';
import type { Program } from '../tensor/program.ts';

/** A rewriting of one program into another that gives the same results. */
export type Pass = (program: Program) => Program;

/** What the optimizer must know of an engine. The passes named here are the engine's own. */
export interface Target {
  /** `wasm`, `cpu`, … */
  readonly name: string;
  /** Rewrites what the engine lacks, or is slow at, in what it has. */
  readonly legalize?: Pass;
  /** Puts together, as composites, what the engine computes in one go; comes last. */
  readonly fuse?: Pass;
  /** Whether the engine decides for itself what it computes next; else nodes run as they stand. Default: false. */
  readonly ordersItself?: boolean;
  /** Composites that these passes put in and that are not among the common primitives. */
  readonly primitives?: readonly Primitive[];
}

/** No engine in particular: common passes only. */
export const PLAIN_TARGET: Target = { name: 'plain' };
