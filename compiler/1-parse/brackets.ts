import type { IToken } from 'chevrotain';

const CLOSE: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const CLOSERS = new Set(Object.values(CLOSE));

export type BracketFault =
  | {
      readonly kind: 'unclosed';
      readonly open: IToken;
      readonly close: string;
      readonly found: IToken | null;
    }
  | { readonly kind: 'stray'; readonly at: IToken }
  | { readonly kind: 'too deep'; readonly at: IToken };

/** The column of the first token of the line in which a token stands, and whether it is that token. */
export type IndentOf = (token: IToken) => { readonly indent: number; readonly first: boolean };

/**
 * Finds the first bracket of a declaration that does not pair. A `}` at the beginning of a line closes a `{`
 * of a line that is indented like it, which tells where one was forgotten.
 */
export function bracketFault(
  tokens: readonly IToken[],
  limit: number,
  indentOf: IndentOf,
): BracketFault | null {
  const open: IToken[] = [];
  let forgotten: IToken | null = null;
  for (const token of tokens) {
    if (token.image in CLOSE) {
      open.push(token);
      if (open.length > limit) return { kind: 'too deep', at: token };
    } else if (CLOSERS.has(token.image)) {
      const last = open.pop();
      if (!last) return { kind: 'stray', at: token };
      const close = CLOSE[last.image]!;
      if (close !== token.image) return { kind: 'unclosed', open: last, close, found: token };
      if (close === '}' && !forgotten) {
        const { indent, first } = indentOf(token);
        if (first && indentOf(last).indent > indent) forgotten = last;
      }
    }
  }
  const last = open.at(-1);
  if (!last) return null;
  const culprit = last.image === '{' ? (forgotten ?? last) : last;
  return { kind: 'unclosed', open: culprit, close: CLOSE[culprit.image]!, found: null };
}
