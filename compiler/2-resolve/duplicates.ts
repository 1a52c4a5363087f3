import type * as ast from '../1-parse/ast.ts';
import { duplicateName } from '../diagnostics/codes/duplicate-name.ts';
import type { Reporter } from '../diagnostics/reporter.ts';
import { dotted } from './references.ts';

/**
 * Names that the file declares or imports twice. Inside a declaration, the later of two is meant. `brings` says what
 * an imported name brings in.
 */
export function reportDuplicates(
  file: ast.SpecFile,
  brings: (name: ast.Name) => readonly string[],
  report: Reporter,
): ReadonlySet<string> {
  const ambiguous = new Set<string>();
  const first = new Map<string, ast.Name>();
  const check = (seen: Map<string, ast.Name>, key: string, name: ast.Name) => {
    const before = seen.get(key);
    if (!before) seen.set(key, name);
    if (before && seen === first) ambiguous.add(key);
    if (before)
      report.report(duplicateName, { at: name.span, facts: { name: key }, also: { first: before.span } });
  };
  const checkAll = (names: readonly ast.Name[]) => {
    const seen = new Map<string, ast.Name>();
    for (const name of names) check(seen, name.name, name);
  };
  for (const item of file.items) {
    switch (item.kind) {
      case 'param':
      case 'latent':
      case 'pretrained':
        check(first, item.name.name, item.name);
        break;
      case 'data':
        check(first, item.name.name, item.name);
        checkAll(item.fields.map((field) => field.name));
        break;
      case 'graph':
        check(first, item.name.name, item.name);
        checkAll([...item.ports, ...item.body.bindings].map((named) => named.name));
        if (item.body.result.kind === 'record') checkAll(item.body.result.fields.map((field) => field.name));
        if (item.output.kind === 'record-type') checkAll(item.output.fields.map((field) => field.name));
        break;
      case 'loss': {
        const [start] = item.path;
        const end = item.path[item.path.length - 1]!;
        const span = { ...start!.span, end: end.span.end };
        check(first, dotted(item.path), { name: dotted(item.path), span });
        checkAll(item.ports.map((port) => port.name));
        break;
      }
      case 'train':
        check(first, 'train', {
          name: 'train',
          span: { ...item.span, end: item.span.start + 'train'.length },
        });
        checkAll(
          item.entries
            .filter((entry) => entry.kind === 'binding' || entry.kind === 'state')
            .map((entry) => entry.name),
        );
        break;
      case 'import':
        for (const name of item.names) for (const key of brings(name)) check(first, key, name);
        break;
      case 'sample':
      case 'evaluate':
        break;
    }
  }
  return ambiguous;
}
