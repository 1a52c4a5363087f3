import type * as ast from '../1-parse/ast.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { unknownName } from '../diagnostics/codes/unknown-name.ts';
import { nearest } from '../diagnostics/nearest.ts';
import type { Reporter } from '../diagnostics/reporter.ts';
import type { Resolved } from './resolved.ts';
import { readSetting } from './setting.ts';

/** Values given from outside, `--set ch=32`, as the expressions that they stand for. */
export function readOverrides(
  settings: Readonly<Record<string, string>>,
  { file, names, namesAt, library }: Pick<Resolved, 'file' | 'names' | 'namesAt' | 'library'>,
  report: Reporter,
): ReadonlyMap<ast.Param, ast.Expr> {
  const overrides = new Map<ast.Param, ast.Expr>();
  for (const [name, text] of Object.entries(settings)) {
    const param = names.params.get(name);
    if (!param) {
      const at = { file: file.span.file, start: 0, end: 0 };
      const known = [...names.params.keys()];
      report.report(unknownName, {
        at,
        facts: { name, kind: 'param', suggestion: nearest(name, known), known },
      });
      continue;
    }
    const { span } = param.value;
    const setting = readSetting(param, text, namesAt(span), library);
    if ('expr' in setting) overrides.set(param, setting.expr);
    else report.report(argumentValue, { at: span, facts: { call: '--set', name, ...setting } });
  }
  return overrides;
}
