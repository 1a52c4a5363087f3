import type * as ast from '../../1-parse/ast.ts';
import { eachReference, eachReferenceInBody } from '../../2-resolve/references.ts';
import { unusedBinding } from '../../diagnostics/codes/unused-binding.ts';
import { defineLint, type LintQuery } from './lint.ts';

export const unusedBindingLint = defineLint({
  codes: ['unused-binding'],
  check({ file, report }: LintQuery) {
    const unused = (
      names: readonly ast.Name[],
      used: ReadonlySet<string>,
      owner: string,
      kind: 'binding' | 'input',
    ) => {
      for (const { name, span } of names) {
        if (!used.has(name)) report.report(unusedBinding, { at: span, facts: { name, owner, kind } });
      }
    };
    for (const item of file.items) {
      if (item.kind === 'graph') {
        const used = new Set<string>();
        eachReferenceInBody(item.body, (ref) => used.add(ref.path[0]!.name));
        const bindings = item.body.bindings.map((binding) => binding.name);
        unused(bindings, used, item.name.name, 'binding');
        const forSizes = item.ports
          .filter((port) => givesSize(item, port, used))
          .map(({ name }) => name.name);
        // A size that only the signature needs is used; a tensor that only the signature names is not.
        eachReferenceInType(item.output, (ref) => used.add(ref.path[0]!.name));
        for (const name of forSizes) used.add(name);
        const ports = item.ports.map((port) => port.name).filter(({ name }) => !isKey(item, name));
        unused(ports, used, item.name.name, 'input');
      } else if (item.kind === 'loss') {
        const used = new Set<string>();
        eachReference(item.value, (ref) => used.add(ref.path[0]!.name));
        const owner = item.path.map(({ name }) => name).join('.');
        unused(
          item.ports.map((port) => port.name),
          used,
          owner,
          'input',
        );
      } else if (item.kind === 'train') {
        const used = namesUsedInTraining(file, item);
        const bindings = item.entries
          .filter((entry) => entry.kind === 'binding' || entry.kind === 'state')
          .map((entry) => entry.name);
        unused(bindings, used, 'train', 'binding');
      }
    }
  },
});

/** Whether the body reads a size that no other input has: `small` in `At(map: [S, S, K], small: [H, H, C])` that needs S/H. */
function givesSize({ ports }: ast.Graph, port: ast.Port, read: ReadonlySet<string>): boolean {
  const others = new Set(ports.filter((other) => other !== port).flatMap(sizesIn));
  return sizesIn(port).some((size) => read.has(size) && !others.has(size));
}

function sizesIn({ type }: ast.Port): string[] {
  const names: string[] = [];
  if (type?.expr.kind === 'list') eachReference(type.expr, (ref) => names.push(ref.path[0]!.name));
  return names.filter((name) => /^[A-Z]/.test(name));
}

/** The key of a module is a part of the paths of its weights, so that its body need not read it. */
function isKey({ role }: ast.Graph, port: string): boolean {
  return role === 'module' && port === 'key';
}

/** Samples and evaluations may refer to what training binds: `rows: y`. */
function namesUsedInTraining(file: ast.SpecFile, train: ast.Train): ReadonlySet<string> {
  const used = new Set<string>();
  const add = (expr: ast.Expr) => eachReference(expr, (ref) => used.add(ref.path[0]!.name));
  for (const entry of train.entries) {
    if (entry.kind === 'binding' || entry.kind === 'option') add(entry.value);
    else for (const option of entry.options) add(option.value);
  }
  for (const item of file.items) {
    if (item.kind === 'sample' || item.kind === 'evaluate')
      for (const option of item.options) add(option.value);
  }
  return used;
}

function eachReferenceInType(type: ast.TypeExpr | ast.RecordType, visit: (ref: ast.Ref) => void): void {
  if (type.kind === 'record-type') for (const field of type.fields) eachReferenceInType(field.type, visit);
  else eachReference(type.expr, visit);
}
