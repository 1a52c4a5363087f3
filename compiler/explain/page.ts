/** What a page can be about, in the order in which a name is looked up. */
export const PAGE_KINDS = [
  'layer',
  'function',
  'loss',
  'penalty',
  'optimizer',
  'schedule',
  'distribution',
  'constraint',
  'source',
  'measure',
  'declaration',
  'form',
  'diagnostic',
  'primitive',
] as const;

export type PageKind = (typeof PAGE_KINDS)[number];

/** One page of the reference: what `ganc explain NAME` prints. */
export interface Page {
  readonly kind: PageKind;
  readonly name: string;
  /** Other words that lead to it. */
  readonly also?: readonly string[];
  /** One line. */
  readonly summary: string;
  /** A whole spec that its example is a part of. */
  readonly spec?: string;
  /** The whole page, Markdown. */
  markdown(): string;
}
