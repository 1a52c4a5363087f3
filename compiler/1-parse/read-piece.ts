import { type CstNode, type IToken, Lexer } from 'chevrotain';
import { syntax } from '../diagnostics/codes/syntax.ts';
import { tooLarge } from '../diagnostics/codes/too-large.ts';
import { replaceFix } from '../diagnostics/fixes.ts';
import type { Reporter } from '../diagnostics/reporter.ts';
import type { Span } from '../source/span.ts';
import { bracketFault, type IndentOf } from './brackets.ts';
import type { Place } from './expression-builder.ts';
import { adviseForeign } from './foreign.ts';
import { grammar } from './grammar.ts';
import { MAX_NESTING } from './limits.ts';
import { reportSyntax } from './syntax-error.ts';
import * as T from './tokens.ts';

let lexer: Lexer | undefined;

export function tokenize(text: string): { tokens: readonly IToken[]; comments: readonly IToken[] } {
  lexer ??= new Lexer(T.allTokens, { skipValidations: true, ensureOptimizations: true });
  const { tokens, groups } = lexer.tokenize(text);
  return { tokens, comments: groups.comments ?? [] };
}

/** Reads the tokens of one declaration or expression; null after the report of its first mistake. */
export function readPiece(
  tokens: readonly IToken[],
  rule: 'declaration' | 'flow' | 'step',
  place: Place,
  reporter: Reporter,
  text: string,
): CstNode | null {
  if (reportFaults(tokens, place, reporter, text)) return null;
  const parser = grammar();
  parser.input = tokens as IToken[];
  const cst = parser[rule]();
  const [error] = parser.errors;
  if (error) {
    reportSyntax(tokens, error, place, reporter);
    return null;
  }
  return cst;
}

/** Reports what can be told without the grammar: signs that do not exist, brackets that do not pair. */
export function reportFaults(
  tokens: readonly IToken[],
  place: Place,
  reporter: Reporter,
  text: string,
): boolean {
  const spanOf = (token: IToken): Span => place(token.startOffset, token.endOffset! + 1);
  const foreign = tokens.find(
    (token) => token.tokenType === T.Foreign || token.tokenType.CATEGORIES?.includes(T.Foreign),
  );
  if (foreign) {
    const image = wholeCharacter(foreign, text);
    const advice = adviseForeign(image);
    const at = place(foreign.startOffset, foreign.startOffset + image.length);
    reporter.report(syntax, {
      at,
      facts: { kind: 'foreign', found: image, what: advice.what, help: advice.help },
      fixes:
        advice.replacement === null
          ? []
          : [replaceFix(advice.help ?? 'Replace it', at, advice.replacement, true)],
    });
    return true;
  }
  const fault = bracketFault(tokens, MAX_NESTING, indents(tokens));
  switch (fault?.kind) {
    case undefined:
      return false;
    case 'stray':
      reporter.report(syntax, { at: spanOf(fault.at), facts: { kind: 'stray', close: fault.at.image } });
      return true;
    case 'too deep':
      reporter.report(tooLarge, { at: spanOf(fault.at), facts: { what: 'nesting', limit: MAX_NESTING } });
      return true;
    case 'unclosed': {
      const { open, close, found } = fault;
      reporter.report(syntax, {
        at: spanOf(open),
        facts: { kind: 'unclosed', open: open.image, close, found: found?.image ?? null },
        extra: [
          found
            ? { span: spanOf(found), text: `\`${close}\` is wanted first` }
            : { span: spanOf(tokens.at(-1)!), text: 'still open where the declaration ends' },
        ],
      });
      return true;
    }
  }
}

/** Half of a surrogate pair with its other half. */
function wholeCharacter(token: IToken, text: string): string {
  return token.image.length === 1 ? String.fromCodePoint(text.codePointAt(token.startOffset)!) : token.image;
}

function indents(tokens: readonly IToken[]): IndentOf {
  const firstOfLine = new Map<number, IToken>();
  for (const token of tokens) {
    if (!firstOfLine.has(token.startLine!)) firstOfLine.set(token.startLine!, token);
  }
  return (token) => {
    const first = firstOfLine.get(token.startLine!)!;
    return { indent: first.startColumn!, first: first === token };
  };
}
