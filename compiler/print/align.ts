/** An entry such as `init:  normal(std: 0.02)`: where its value stands tells whether its author aligned it. */
export interface Aligned {
  readonly name: string;
  /** Lines of the source; null where there is no text form to look at. */
  readonly place: { readonly line: number; readonly endLine: number; readonly valueColumn: number } | null;
}

/** Names whose lengths differ by more than this are not aligned where no author has chosen. */
const NEAR = 3;

/**
 * The width to which each name is filled up. Neighbouring entries whose values stood in one column stay
 * aligned; without a text to look at, `unwritten` says whether names of nearly one length are aligned.
 */
export function alignments(entries: readonly Aligned[], unwritten: boolean): readonly number[] {
  const widths = entries.map(({ name }) => name.length);
  for (let first = 0; first < entries.length; ) {
    let last = first;
    while (last + 1 < entries.length && belongTogether(entries[last]!, entries[last + 1]!)) last++;
    const run = widths.slice(first, last + 1);
    const widest = Math.max(...run);
    const authored = entries[first]!.place !== null;
    if (authored || (unwritten && widest - Math.min(...run) <= NEAR)) widths.fill(widest, first, last + 1);
    first = last + 1;
  }
  return widths;
}

function belongTogether(a: Aligned, b: Aligned): boolean {
  if (!a.place || !b.place) return a.place === b.place;
  return b.place.line === a.place.endLine + 1 && a.place.valueColumn === b.place.valueColumn;
}
