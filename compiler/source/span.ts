/** A half-open stretch `[start, end)` of one file, in UTF-16 code units from the beginning of its text. */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** The smallest span that covers both. */
export function cover(a: Span, b: Span): Span {
  return { file: a.file, start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}
