import { syntax } from '../diagnostics/codes/syntax.ts';
import type { Reporter } from '../diagnostics/reporter.ts';
import type { Expr } from './ast.ts';
import { ExpressionBuilder, type Place } from './expression-builder.ts';
import { readPiece, tokenize } from './read-piece.ts';

/** Reads one expression, which stands in a JSON string. Null after a report. */
export function parseExpression(text: string, place: Place, reporter: Reporter): Expr | null {
  const tokens = tokenize(text).tokens;
  if (tokens.length === 0) {
    reporter.report(syntax, {
      at: place(0, text.length),
      facts: {
        kind: 'place',
        found: null,
        after: null,
        wanted: 'a value',
        help: 'write a name, a number or a flow',
      },
    });
    return null;
  }
  const cst = readPiece(tokens, 'flow', place, reporter, text);
  if (!cst) return null;
  return new ExpressionBuilder(place).flow(cst);
}
