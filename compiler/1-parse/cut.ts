import type { IToken, TokenType } from 'chevrotain';
import * as T from './tokens.ts';

/** The tokens of a file, one list per declaration. */
export interface Pieces {
  /** What stands above the first declaration: `gan 1`. */
  readonly header: readonly IToken[];
  readonly declarations: readonly (readonly IToken[])[];
}

const openers = new Set<TokenType>([T.LeftParen, T.LeftBracket, T.LeftBrace]);
const closers = new Set<TokenType>([T.RightParen, T.RightBracket, T.RightBrace]);
/** A line cannot end with one of these, so what follows belongs to the same declaration. */
const unfinished = new Set<TokenType>([
  T.Arrow,
  T.Plus,
  T.Minus,
  T.Times,
  T.Over,
  T.Comma,
  T.Colon,
  T.Equals,
  T.Dot,
  T.From,
  T.On,
  T.In,
]);

/**
 * Cuts the tokens where a declaration begins, so that each is read alone and a mistake in one does not hide
 * the others: at a word such as `module` in the first column, even where brackets are still open, and
 * elsewhere where no bracket is open.
 */
export function cutDeclarations(tokens: readonly IToken[], text: string): Pieces {
  const pieces: IToken[][] = [[]];
  let depth = 0;
  tokens.forEach((token, i) => {
    if (beginsDeclaration(tokens, i, depth, text)) {
      pieces.push([]);
      depth = 0;
    }
    if (openers.has(token.tokenType)) depth++;
    if (closers.has(token.tokenType)) depth = Math.max(0, depth - 1);
    pieces.at(-1)!.push(token);
  });
  const [header, ...declarations] = pieces;
  return { header: header!, declarations };
}

function beginsDeclaration(tokens: readonly IToken[], i: number, depth: number, text: string): boolean {
  const token = tokens[i]!;
  const previous = tokens[i - 1];
  const next = tokens[i + 1];
  const firstColumn = token.startOffset === 0 || /[\n\uFEFF]/.test(text[token.startOffset - 1]!);
  if (opens(token)) {
    // `loss: …` is an option and `data.x` would be a field, wherever they stand.
    if (next?.tokenType === T.Colon || previous?.tokenType === T.Dot) return false;
    if (next?.tokenType === T.Equals && depth > 0) return false;
    // `param loss = 1`: a declaration whose name is taken by the language.
    if (previous && opens(previous) && !text.slice(previous.startOffset, token.startOffset).includes('\n')) {
      return false;
    }
    return firstColumn || depth === 0;
  }
  // A misspelt word at the beginning of a line is the beginning of a declaration too.
  return (
    firstColumn &&
    depth === 0 &&
    i > 0 &&
    token.tokenType === T.Id &&
    !unfinished.has(previous!.tokenType) &&
    !opens(previous!)
  );
}

/** Whether a token is a word that begins a declaration. */
export function opens(token: IToken): boolean {
  return token.tokenType.CATEGORIES?.includes(T.Opening) ?? false;
}
