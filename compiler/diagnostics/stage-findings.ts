import type { Diagnostic } from './diagnostic.ts';
import { keyOf } from './reporter.ts';
import { listText } from './wording.ts';

/** What was found in a spec as it is in one stage of training; the label is null where there are no stages. */
export interface StageFindings {
  readonly label: string | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** More stages than this are counted, not named. */
const NAMED = 3;

/**
 * Findings of all stages as one list. What is wrong in every stage is said once; what is wrong in some names them, in
 * the words of the first.
 */
export function findingsOfStages(stages: readonly StageFindings[]): Diagnostic[] {
  const found = new Map<string, { readonly diagnostic: Diagnostic; readonly labels: string[] }>();
  for (const { label, diagnostics } of stages) {
    for (const diagnostic of diagnostics) {
      const known = found.get(keyOf(diagnostic));
      if (known) known.labels.push(label ?? '');
      else found.set(keyOf(diagnostic), { diagnostic, labels: [label ?? ''] });
    }
  }
  return [...found.values()].map(({ diagnostic, labels }) =>
    labels.length === stages.length
      ? diagnostic
      : { ...diagnostic, notes: [...diagnostic.notes, noteOf(labels)] },
  );
}

function noteOf(labels: readonly string[]): string {
  const names = labels.slice(0, NAMED).map((label) => JSON.stringify(label));
  const rest = labels.length - names.length;
  const list = listText(rest > 0 ? [...names, `${rest} more`] : names, 'and');
  return `In the ${labels.length === 1 ? 'stage' : 'stages'} ${list}.`;
}
