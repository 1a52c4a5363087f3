import type { SourceFile } from '../source/source-file.ts';
import type { Diagnostic, Edit, Fix } from './diagnostic.ts';

export interface FixedText {
  readonly text: string;
  readonly applied: readonly { readonly diagnostic: Diagnostic; readonly fix: Fix }[];
}

/**
 * Applies the fixes of a file that are safe, the first of each finding. A fix is applied whole or not at all:
 * one that touches text which another has changed already, or another file, is left for the next round.
 */
export function applyFixes(source: SourceFile, diagnostics: readonly Diagnostic[]): FixedText {
  const accepted: Edit[] = [];
  const applied: { diagnostic: Diagnostic; fix: Fix }[] = [];
  for (const diagnostic of diagnostics) {
    const fix = diagnostic.fixes[0];
    if (!fix?.safe || fix.edits.some(({ span }) => span.file !== source.name)) continue;
    if (fix.edits.some((edit) => accepted.some((other) => touches(edit, other)))) continue;
    accepted.push(...fix.edits);
    applied.push({ diagnostic, fix });
  }
  let text = source.text;
  for (const { span, text: replacement } of accepted.sort((a, b) => b.span.start - a.span.start)) {
    text = text.slice(0, span.start) + replacement + text.slice(span.end);
  }
  return { text, applied };
}

/** Two edits that overlap, or that insert at one and the same place. */
function touches(a: Edit, b: Edit): boolean {
  if (a.span.start === b.span.start) return true;
  return a.span.start < b.span.end && b.span.start < a.span.end;
}
