import type { Comment } from '../1-parse/ast.ts';
import type { SourceFile } from '../source/source-file.ts';

interface Line {
  readonly text: string;
  comment: { readonly text: string; readonly column: number } | null;
}

/**
 * Collects the lines of a formatted file. Comments go where they were: above a line, or behind it. A comment
 * from the inside of something that is now one line goes above that line.
 */
export class Lines {
  /** Null where the file has no text form: then nothing of its places is looked at. */
  readonly #source: SourceFile | null;
  readonly #comments: readonly Comment[];
  readonly #lines: Line[] = [];
  #next = 0;
  /** Where in the source the last thing ended that has been written. */
  #reached = 0;

  constructor(source: SourceFile | null, comments: readonly Comment[]) {
    this.#source = source;
    this.#comments = comments;
  }

  /** Begins a statement: keeps one blank line before it where there were some. */
  begin(start: number, indent: number): void {
    this.flush(start, indent);
    if (this.hasBlank(start)) this.blank();
    this.#reached = Math.max(this.#reached, start);
  }

  /** A line that holds what stands up to `end` in the source; null for a line inside of something. */
  add(text: string, end: number | null, indent: number): void {
    if (end !== null) this.flush(end, indent);
    this.#lines.push({ text, comment: null });
    if (end === null) return;
    this.#reached = Math.max(this.#reached, end);
    const comment = this.#comments[this.#next];
    if (!comment || !this.#source || this.#source.text.slice(end, comment.span.start).includes('\n')) return;
    this.#next++;
    this.#reached = comment.span.end;
    const column = this.#source.position(comment.span.start).column - 1;
    this.#lines.at(-1)!.comment = { text: commentText(comment), column };
  }

  /** Says that what stands up to `end` has been written. */
  reach(end: number): void {
    this.#reached = Math.max(this.#reached, end);
  }

  /** Whether a blank line stands in the source between what has been written and a place. */
  hasBlank(before: number): boolean {
    return this.#source !== null && /\n[ \t\r]*\n/.test(this.#source.text.slice(this.#reached, before));
  }

  /** Writes the comments that stand before `offset`, each on a line of its own. */
  flush(offset: number, indent: number): void {
    for (let comment = this.#comments[this.#next]; comment && comment.span.start < offset; ) {
      if (this.hasBlank(comment.span.start)) this.blank();
      this.#lines.push({ text: ' '.repeat(indent) + commentText(comment), comment: null });
      this.#reached = comment.span.end;
      comment = this.#comments[++this.#next];
    }
  }

  /** One blank line, never at the beginning, never two, never first in a block. */
  blank(): void {
    const last = this.#lines.at(-1);
    if (last && last.text !== '' && !/[{([]$/.test(last.text)) this.#lines.push({ text: '', comment: null });
  }

  /** Whether a comment stands between two places. */
  hasComment(start: number, end: number): boolean {
    return this.#comments.some(({ span }) => span.start >= start && span.start < end);
  }

  toString(): string {
    const widths = this.#lines.map((_, i) => this.#commentColumn(i));
    return `${this.#lines
      .map(({ text, comment }, i) => (comment ? `${text.padEnd(widths[i]!)}${comment.text}` : text).trimEnd())
      .join('\n')
      .trimEnd()}\n`;
  }

  /** Comments behind neighbouring lines that stood in one column stay in one column. */
  #commentColumn(i: number): number {
    const column = this.#lines[i]!.comment?.column;
    if (column === undefined) return 0;
    let first = i;
    let last = i;
    while (this.#lines[first - 1]?.comment?.column === column) first--;
    while (this.#lines[last + 1]?.comment?.column === column) last++;
    const widest = Math.max(...this.#lines.slice(first, last + 1).map(({ text }) => text.length));
    return widest < column ? column : widest + 2;
  }
}

/** A `///` that documents nothing becomes `//`: moved to a line of its own, it would document what follows. */
function commentText(comment: Comment): string {
  const text = comment.text.trimEnd().replace(/^\/(?!\/)/, '');
  return /^[\s/]|^$/.test(text) ? `//${text}` : `// ${text}`;
}
