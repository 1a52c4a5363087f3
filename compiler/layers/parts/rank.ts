import type { Dim } from '../../3-check/dim.ts';
import { rankMismatch } from '../../diagnostics/codes/rank-mismatch.ts';
import { prependFix } from '../../diagnostics/fixes.ts';
import type { ShapeQuery } from '../layer.ts';

const RANKS = {
  vector: [1],
  sequence: [2],
  image: [3],
  clip: [4],
  picture: [3, 4],
  timed: [2, 4],
  map: [2, 3, 4],
} as const;

/** The first input when it is of the wanted kind; else null, after saying what the layer takes. */
export function inputOfKind(
  query: ShapeQuery,
  layer: string,
  wanted: keyof typeof RANKS,
): readonly Dim[] | null {
  const [given] = query.inputs;
  const [before] = query.inputSpans;
  if (given && (RANKS[wanted] as readonly number[]).includes(given.length)) return given;
  // In a flow the input stands before the layer, so another layer can be put between them.
  const isFlow = before?.file === query.span.file && before.end <= query.span.start;
  const canFlatten = isFlow && wanted === 'vector' && (given?.length ?? 0) > 1;
  return query.report(rankMismatch, {
    facts: { layer, wanted, given: given ?? [] },
    fixes: canFlatten ? [prependFix('Put flatten before it', query.span, 'flatten -> ', true)] : [],
  });
}
