import type { Span } from '../source/span.ts';
import type { Fix } from './diagnostic.ts';

/** Writes `name` where something else stands: `kernal` becomes `kernel`. */
export function renameFix(span: Span, name: string): Fix {
  return { title: `Change to \`${name}\``, edits: [{ span, text: name }], safe: true };
}

/**
 * Replaces what a span covers. `safe` when the change cannot be wrong in a spec that is right, so that
 * `--fix` may make it unasked.
 */
export function replaceFix(title: string, span: Span, text: string, safe: boolean): Fix {
  return { title, edits: [{ span, text }], safe };
}

/** Writes text at the end of a span, such as ` -> tanh`. */
export function appendFix(title: string, span: Span, text: string, safe: boolean): Fix {
  return { title, edits: [{ span: { ...span, start: span.end }, text }], safe };
}

/** Writes text at the beginning of a span, such as `flatten -> `. */
export function prependFix(title: string, span: Span, text: string, safe: boolean): Fix {
  return { title, edits: [{ span: { ...span, end: span.start }, text }], safe };
}
