import type * as ast from '../../1-parse/ast.ts';
import { eachReference, eachReferenceInBody } from '../../2-resolve/references.ts';
import { unusedDeclaration } from '../../diagnostics/codes/unused-declaration.ts';
import { replaceFix } from '../../diagnostics/fixes.ts';
import type { Reporter } from '../../diagnostics/reporter.ts';
import type { Span } from '../../source/span.ts';
import { defineLint, type LintQuery } from './lint.ts';

export const unusedDeclarationLint = defineLint({
  codes: ['unused-declaration'],
  check({ file, report }: LintQuery) {
    // Without training a file is a library: what it declares is for others.
    if (!file.items.some((item) => item.kind === 'train')) return;
    const used = usedNames(file);
    for (const item of file.items) {
      if (item.kind === 'import') reportImports(item, used, file, report);
      const declared = declaration(item);
      if (!declared || used.has(declared.name.name)) continue;
      const { name, kind } = declared;
      report.report(unusedDeclaration, { at: name.span, facts: { name: name.name, kind } });
    }
  },
});

function reportImports(
  item: ast.Import,
  used: ReadonlySet<string>,
  { source }: ast.SpecFile,
  report: Reporter,
): void {
  for (const [index, { name, span }] of item.names.entries()) {
    if (used.has(name)) continue;
    const next = item.names[index + 1];
    const before = item.names[index - 1];
    let unwanted: Span =
      (next && { ...span, end: next.span.start }) ??
      (before && { ...span, start: before.span.end }) ??
      item.span;
    if (item.names.length === 1) {
      const rest = /[^\S\n]*\n?/y;
      rest.lastIndex = item.span.end;
      const end = item.span.end + (rest.exec(source.text)?.[0].length ?? 0);
      unwanted = { ...item.span, start: (item.docSpan ?? item.span).start, end };
    }
    const fixes = [replaceFix(`Remove ${name}`, unwanted, '', true)];
    report.report(unusedDeclaration, { at: span, facts: { name, kind: 'import' }, fixes });
  }
}

function declaration(item: ast.Item): { readonly name: ast.Name; readonly kind: string } | null {
  switch (item.kind) {
    case 'param':
    case 'latent':
    case 'data':
    case 'pretrained':
      return { name: item.name, kind: item.kind };
    case 'graph':
      return { name: item.name, kind: item.role };
    case 'loss': {
      const [first] = item.path;
      const last = item.path[item.path.length - 1]!;
      const name = item.path.map((part) => part.name).join('.');
      return { name: { name, span: { ...first!.span, end: last.span.end } }, kind: 'loss' };
    }
    default:
      return null;
  }
}

/** Every name that something in the file refers to; what only refers to itself does not count. */
function usedNames(file: ast.SpecFile): ReadonlySet<string> {
  const used = new Set<string>();
  const latents = new Set(file.items.flatMap((item) => (item.kind === 'latent' ? [item.name.name] : [])));
  const add = (own: string | null) => (ref: ast.Ref) => {
    const whole = ref.path.map(({ name }) => name).join('.');
    for (const name of [ref.path[0]!.name, whole]) if (name !== own) used.add(name);
  };
  const addType = (type: ast.TypeExpr | ast.RecordType, own: string | null) => {
    if (type.kind === 'record-type') for (const field of type.fields) addType(field.type, own);
    else {
      eachReference(type.expr, add(own));
      if (type.range) eachReference(type.range, add(own));
    }
  };
  const addOptions = (options: readonly ast.Option[]) => {
    for (const option of options) eachReference(option.value, add(null));
  };
  const addPorts = (ports: readonly ast.Port[], own: string | null) => {
    for (const port of ports) {
      if (port.type) addType(port.type, own);
      // `generator G(z)`: an input without a type is the latent of that name.
      else if (latents.has(port.name.name)) used.add(port.name.name);
      if (port.default) eachReference(port.default, add(own));
    }
  };
  for (const item of file.items) {
    switch (item.kind) {
      case 'param':
        eachReference(item.value, add(item.name.name));
        break;
      case 'latent':
        eachReference(item.distribution, add(item.name.name));
        break;
      case 'data':
        eachReference(item.from, add(item.name.name));
        for (const field of item.fields) addType(field.type, null);
        break;
      case 'pretrained':
        eachReference(item.from, add(null));
        addOptions(item.options);
        break;
      case 'graph':
        addPorts(item.ports, item.name.name);
        addType(item.output, item.name.name);
        eachReferenceInBody(item.body, add(item.name.name));
        break;
      case 'loss':
        addPorts(item.ports, null);
        eachReference(item.value, add(item.path.map(({ name }) => name).join('.')));
        break;
      case 'train':
        for (const name of item.on) used.add(name.name);
        for (const entry of item.entries) {
          if (entry.kind === 'binding' || entry.kind === 'option') eachReference(entry.value, add(null));
          else addOptions(entry.options);
          if (entry.kind === 'update') for (const network of entry.networks) used.add(network.name);
        }
        break;
      case 'sample':
      case 'evaluate':
        used.add(item.network.name);
        addOptions(item.options);
        break;
      case 'import':
        break;
    }
  }
  return used;
}
