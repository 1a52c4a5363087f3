import type * as ast from '../../1-parse/ast.ts';
import type { Resolved } from '../../2-resolve/resolved.ts';
import type { Reporter } from '../../diagnostics/reporter.ts';
import type { MachineMemory } from '../../source/machine-memory.ts';
import type { Model } from '../model.ts';
import type { TrainingView } from './training-view.ts';

/**
 * A judgement about a spec that can be built but may not do what its writer wants. Lints run on specs
 * without errors, each on its own; one file each, in the words of the code that it reports.
 */
export interface Lint {
  /** The codes that it may report. */
  readonly codes: readonly string[];
  check(query: LintQuery): void;
}

export interface LintQuery {
  readonly file: ast.SpecFile;
  /** What names mean, in the spec and in the files that it imports. */
  readonly resolved: Resolved;
  readonly model: Model;
  readonly report: Reporter;
  /** Who makes, who judges, and what each loss wants; null in a spec without `train`. */
  readonly training: TrainingView | null;
  /** Where it is going to be trained; null when nobody knows. */
  readonly machine: MachineMemory | null;
}

export function defineLint(lint: Lint): Lint {
  return lint;
}
