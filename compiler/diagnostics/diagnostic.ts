import type { Span } from '../source/span.ts';
import type { Scene } from './scene.ts';

export type Severity = 'error' | 'warning' | 'info';

/** A change of the text that mends a mistake. Offsets are those of the file that it names. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
  /** True when the change cannot alter the meaning of a spec that was right: `--fix` applies these alone. */
  readonly safe: boolean;
}

export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** One finding, in words, ready for any renderer: terminal, JSON or editor. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  /** One plain sentence with the actual names and sizes. */
  readonly message: string;
  /** Where the cause is. */
  readonly span: Span;
  /** What to write beneath the cause; may be empty. */
  readonly label: string;
  /** Other places that matter, the broken contract first. */
  readonly related: readonly { readonly span: Span; readonly text: string }[];
  /** Why it matters for a GAN; where the module was used. */
  readonly notes: readonly string[];
  /** Starts with a verb. */
  readonly help: string | null;
  readonly fixes: readonly Fix[];
}

/**
 * A kind of mistake: one file in `codes/`. `F` are the facts that a report must give; leaving one out does
 * not type-check. `L` are the names of the secondary labels that a report may point at.
 */
export interface DiagnosticDefinition<F, L extends string = never> {
  readonly code: string;
  readonly severity: Severity;
  /** The row in the table of mistakes, where it has one. */
  readonly number: number | null;
  /** The title of its page: the mistake in general, without facts. */
  readonly title: string;
  message(facts: F): string;
  /** Beneath the cause. */
  label?(facts: F): string;
  /** Beneath other places, by role. */
  readonly labels?: { readonly [role in L]: (facts: F) => string };
  notes?(facts: F): string[];
  /** Stands beside the innermost use of the module: "in Down, used at 25:14       300 → 150 → 75 → ?". */
  traceNote?(facts: F): string | null;
  help?(facts: F): string | null;
  /** The page that `ganc explain` prints, Markdown: what, why for a GAN, what to do, the paper. */
  readonly explanation: string;
  /** A whole spec that has exactly this mistake, and one like it that has none. Both are tests. */
  readonly bad: string;
  readonly good: string;
  /** What stands around both, where the mistake does not show in the text alone. */
  readonly scene?: Scene;
}

export function defineDiagnostic<F, L extends string = never>(
  definition: DiagnosticDefinition<F, L> & { readonly scene?: Scene<F> },
): DiagnosticDefinition<F, L> {
  return definition;
}

/** What a report says beside its facts. */
export interface ReportDetails<F, L extends string> {
  readonly at: Span;
  readonly facts: F;
  /** Where the secondary labels point. */
  readonly also?: { readonly [role in L]?: Span };
  /** Labels whose number is not fixed, such as the steps 4 → 8 → 16 of a size. */
  readonly extra?: readonly { readonly span: Span; readonly text: string }[];
  /** Uses of the module in which the mistake stands, innermost first: "in Down, used at 25:14". */
  readonly trace?: readonly { readonly module: string; readonly span: Span }[];
  readonly fixes?: readonly Fix[];
}
