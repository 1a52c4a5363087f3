import { exampleSpec, type SpecParts } from '../../diagnostics/example-spec.ts';
import type { Page } from '../page.ts';

/** A word of the language, or a form of it that has no word, and what there is to say about it. */
export interface Word {
  readonly kind: 'declaration' | 'form';
  readonly name: string;
  /** Other words that lead to its page, such as those of its options. */
  readonly also?: readonly string[];
  /** What it is, at the beginning of a sentence: `A part of \`train\``. */
  readonly is: string;
  /** One line. */
  readonly summary: string;
  /** The parts of a small spec that show it; the page prints them, or the whole spec where none is named. */
  readonly example?: SpecParts;
  /** Parts that make a whole spec of the example, beside those that are ordinary. */
  readonly around?: SpecParts;
  /** What follows the example: paragraphs, headings, lists. */
  text(): readonly string[];
}

export function wordPage({ kind, name, also = [], is, summary, example = {}, around, text }: Word): Page {
  const spec = exampleSpec({ ...around, ...example });
  const parts = Object.values(example).map((part: string) => part.trim());
  const shown = parts.length > 0 ? parts.join('\n\n') : spec.trimEnd();
  return {
    kind,
    name,
    also,
    summary,
    spec,
    markdown: () =>
      [
        `# ${name}`,
        `${is}: ${summary}.`,
        shown.replace(/^(?=.)/gm, '    '),
        ...text().map((block) => block.trim()),
      ].join('\n\n'),
  };
}

/** Names with a line about each, as a list. */
export function listOf(things: readonly { readonly name: string; readonly summary: string }[]): string {
  return things.map(({ name, summary }) => `* \`${name}\`: ${summary}`).join('\n');
}
