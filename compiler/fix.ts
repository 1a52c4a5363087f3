import { type CheckOptions, check } from './compile.ts';
import { applyFixes } from './diagnostics/apply-fixes.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { SourceFile } from './source/source-file.ts';

/** Mending one mistake may show the next; a spec that is not clean after this many rounds stays as it is then. */
const ROUNDS = 10;

export interface FixResult {
  readonly text: string;
  /** What was mended, in the order in which it was. */
  readonly fixed: readonly Diagnostic[];
}

/** Makes the safe changes that the findings of a spec offer, until none is left. */
export function fix(source: SourceFile, options: CheckOptions = {}): FixResult {
  const fixed: Diagnostic[] = [];
  let { text } = source;
  for (let round = 0; round < ROUNDS; round++) {
    const current = new SourceFile(source.name, text);
    const next = applyFixes(current, check(current, options).diagnostics);
    if (next.applied.length === 0 || next.text === text) break;
    fixed.push(...next.applied.map(({ diagnostic }) => diagnostic));
    text = next.text;
  }
  return { text, fixed };
}
