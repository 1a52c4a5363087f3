import type * as ast from '../../1-parse/ast.ts';
import { channelsFirst } from '../../diagnostics/codes/channels-first.ts';
import { replaceFix } from '../../diagnostics/fixes.ts';
import { defineLint } from './lint.ts';

/** Grey, colour, colour with transparency. */
const CHANNELS = new Set([1, 3, 4]);

export const channelsFirstLint = defineLint({
  codes: ['channels-first'],
  check({ file, model, report }) {
    const written = new Map<string, ast.TypeExpr>(
      file.items.flatMap((item) =>
        item.kind === 'data'
          ? item.fields.map((field) => [`${item.name.name}.${field.name.name}`, field.type] as const)
          : [],
      ),
    );
    for (const dataset of model.datasets) {
      for (const field of dataset.fields) {
        const [first, second, last] = field.type.shape;
        if (field.type.shape.length !== 3 || !CHANNELS.has(first!) || CHANNELS.has(last!)) continue;
        if (second! < 8 || last! < 8) continue;
        const name = `${dataset.name}.${field.name}`;
        const type = written.get(name);
        if (type) report.report(channelsFirst, { at: type.expr.span, ...describe(file, name, type, first!) });
      }
    }
  },
});

function describe(file: ast.SpecFile, name: string, type: ast.TypeExpr, channels: number) {
  const text = (span: ast.Expr['span']) => file.source.text.slice(span.start, span.end);
  const items = type.expr.kind === 'list' ? type.expr.items.map((item) => text(item.span)) : [];
  const list = (parts: readonly string[]) => `[${parts.join(', ')}]`;
  const wanted = list([...items.slice(1), ...items.slice(0, 1)]);
  const facts = { name, written: list(items), wanted, channels };
  const fixes = items.length > 0 ? [replaceFix(`Change to ${wanted}`, type.expr.span, wanted, true)] : [];
  return { facts, fixes };
}
