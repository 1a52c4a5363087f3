import type { IToken } from 'chevrotain';
import type { Comment } from './ast.ts';
import type { Doc } from './declaration-builder.ts';
import type { Place } from './expression-builder.ts';

/** Tells doc comments, which stand above a declaration, from the others. */
export class DocComments {
  readonly #comments: readonly IToken[];
  readonly #text: string;
  readonly #place: Place;
  readonly #taken = new Set<IToken>();
  #next = 0;

  constructor(comments: readonly IToken[], text: string, place: Place) {
    this.#comments = comments;
    this.#text = text;
    this.#place = place;
  }

  /** The `///` lines between the end of one declaration and the beginning of the next. */
  before(first: IToken, last: IToken | null): Doc | null {
    const lines: IToken[] = [];
    for (; this.#next < this.#comments.length; this.#next++) {
      const comment = this.#comments[this.#next]!;
      if (comment.startOffset > first.startOffset) break;
      const after = last === null || comment.startOffset > last.startOffset;
      const ownLine = last === null || comment.startLine !== last.endLine;
      if (after && ownLine && /^\/\/\/(?!\/)/.test(comment.image)) lines.push(comment);
    }
    if (lines.length === 0) return null;
    for (const line of lines) this.#taken.add(line);
    return {
      text: lines.map((line) => line.image.slice(3).replace(/^ /, '').trimEnd()).join('\n'),
      span: this.#place(lines[0]!.startOffset, lines.at(-1)!.endOffset! + 1),
    };
  }

  others(): readonly Comment[] {
    return this.#comments
      .filter((comment) => !this.#taken.has(comment))
      .map((comment) => ({
        text: this.#text.slice(comment.startOffset + 2, comment.endOffset! + 1),
        span: this.#place(comment.startOffset, comment.endOffset! + 1),
      }));
  }
}
