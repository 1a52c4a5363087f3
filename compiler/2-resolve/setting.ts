import type * as ast from '../1-parse/ast.ts';
import { parseExpression } from '../1-parse/expression.ts';
import { Reporter } from '../diagnostics/reporter.ts';
import type { Library } from './library.ts';
import type { Names } from './names.ts';
import { dotted, eachReference } from './references.ts';

/** A value from outside as it would be written in the spec, or in words what the param takes and is given instead. */
export type Setting =
  | { readonly text: string; readonly expr: ast.Expr }
  | { readonly wanted: string; readonly given: string };

/**
 * Reads `--set ch=32`. A value is written as at the param itself, a text without its quotes: a number, a calculation
 * with other params, a list, a schedule, `none`. It is of the kind that is written there, as far as that shows.
 */
export function readSetting(
  { value: written }: ast.Param,
  given: string,
  names: Names,
  library: Library,
): Setting {
  const wanted = kindOf(written) ?? ANYTHING;
  if (written.kind === 'string') {
    const text = /^".*"$/s.test(given) ? given : JSON.stringify(given);
    const expr = parsed(text, written);
    return expr?.kind === 'string' ? { text, expr } : { wanted, given: `\`${given}\`` };
  }
  const expr = parsed(given, written);
  const kind = expr && kindOf(expr);
  if (!expr || (kind !== null && kindOf(written) !== null && kind !== kindOf(written)))
    return { wanted, given: `\`${given}\`` };
  const unknown = unknownIn(expr, names, library);
  const isAll = unknown === given;
  if (unknown !== null)
    return { wanted, given: isAll ? `\`${given}\`` : `\`${given}\`, in which nothing is called ${unknown}` };
  return { text: given, expr };
}

/** For params whose kind does not show. */
const ANYTHING = 'a value, such as 64, [64, 128] or cosine(from: 2e-4, over: 1_000)';

/** As an expression that stands where the param's own value stands; null when it is none. */
function parsed(text: string, { span }: ast.Expr): ast.Expr | null {
  return parseExpression(text, () => span, new Reporter(() => undefined));
}

/** What an expression certainly is; null for what a name or a call stands for, and for `none`, which any param may be. */
function kindOf(expr: ast.Expr): string | null {
  switch (expr.kind) {
    case 'number':
    case 'unary':
    case 'binary':
      return 'a number';
    case 'string':
      return 'a text';
    case 'boolean':
      return 'true or false';
    case 'list':
      return 'a list, such as [64, 128]';
    default:
      return null;
  }
}

/** The first name that means nothing where the param stands. */
function unknownIn(expr: ast.Expr, names: Names, library: Library): string | null {
  const shelves = [names.params, names.graphs, names.losses, names.pretrained, ...Object.values(library)];
  const isKnown = (name: string) => shelves.some((shelf: ReadonlyMap<string, unknown>) => shelf.has(name));
  let unknown: string | null = null;
  eachReference(expr, ({ path }) => {
    if (!isKnown(path[0]!.name) && !isKnown(dotted(path))) unknown ??= dotted(path);
  });
  return unknown;
}
