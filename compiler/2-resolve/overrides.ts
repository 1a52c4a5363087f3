import type * as ast from '../1-parse/ast.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { unknownName } from '../diagnostics/codes/unknown-name.ts';
import { nearest } from '../diagnostics/nearest.ts';
import type { Reporter } from '../diagnostics/reporter.ts';
import type { Span } from '../source/span.ts';

/**
 * Values given from outside, `--set ch=32`, as the expressions that they stand for. A param keeps its kind:
 * a number is replaced by a number, a switch by true or false, a text by any text.
 */
export function readOverrides(
  settings: Readonly<Record<string, string>>,
  params: ReadonlyMap<string, ast.Param>,
  file: ast.SpecFile,
  report: Reporter,
): ReadonlyMap<ast.Param, ast.Expr> {
  const overrides = new Map<ast.Param, ast.Expr>();
  for (const [name, text] of Object.entries(settings)) {
    const param = params.get(name);
    if (!param) {
      const at = { file: file.span.file, start: 0, end: 0 };
      const known = [...params.keys()];
      report.report(unknownName, {
        at,
        facts: { name, kind: 'param', suggestion: nearest(name, known), known },
      });
      continue;
    }
    const value = readAs(param.value, text);
    if (value) overrides.set(param, value);
    else {
      report.report(argumentValue, {
        at: param.value.span,
        facts: { call: '--set', name, wanted: kindOf(param.value), given: `\`${text}\`` },
      });
    }
  }
  return overrides;
}

function readAs(written: ast.Expr, text: string): ast.Expr | null {
  const span: Span = written.span;
  switch (kindOf(written)) {
    case 'true or false':
      return text === 'true' || text === 'false' ? { kind: 'boolean', value: text === 'true', span } : null;
    case 'a text':
      return { kind: 'string', value: text, span };
    case 'a number': {
      const plain = text.trim().replaceAll('_', '');
      const value = plain === '' ? Number.NaN : Number(plain);
      return Number.isFinite(value) ? { kind: 'number', value, text: text.trim(), span } : null;
    }
  }
}

/** The kind of a param, as far as its text shows: calculations and schedules are numbers. */
function kindOf(expr: ast.Expr): 'a number' | 'a text' | 'true or false' {
  if (expr.kind === 'string') return 'a text';
  return expr.kind === 'boolean' ? 'true or false' : 'a number';
}
