import type * as ast from '../1-parse/ast.ts';
import type { Span } from '../source/span.ts';
import type { Names, Shared } from './names.ts';
import { dotted, eachReference, eachReferenceInBody } from './references.ts';

/** What declarations of other files use, themselves included, each once. */
export function reach(first: Iterable<Shared>, namesAt: (span: Span) => Names): Set<Shared> {
  const found = new Set<Shared>();
  const rest = [...first];
  while (rest.length > 0) {
    const item = rest.pop()!;
    if (found.has(item)) continue;
    found.add(item);
    const names = namesAt(item.span);
    eachReferenceIn(item, (ref) => {
      const used = sharedNamed(ref.path, names);
      if (used) rest.push(used);
    });
  }
  return found;
}

/** The declaration that a reference begins with; undefined for other things. What hides it is not looked at. */
export function sharedNamed(path: readonly ast.Name[], names: Names): Shared | undefined {
  for (let length = path.length; length > 0; length--) {
    const loss = names.losses.get(dotted(path.slice(0, length)));
    if (loss) return loss;
  }
  const { name } = path[0]!;
  return names.graphs.get(name) ?? names.params.get(name) ?? names.pretrained.get(name);
}

/** Every reference in a declaration: in its types, defaults and values. */
export function eachReferenceIn(item: Shared | ast.Data | ast.Latent, visit: (ref: ast.Ref) => void): void {
  const inType = (type: ast.TypeExpr) => {
    eachReference(type.expr, visit);
    if (type.range) eachReference(type.range, visit);
  };
  switch (item.kind) {
    case 'param':
      eachReference(item.value, visit);
      return;
    case 'latent':
      eachReference(item.distribution, visit);
      return;
    case 'data':
      eachReference(item.from, visit);
      for (const field of item.fields) inType(field.type);
      return;
    case 'pretrained':
      eachReference(item.from, visit);
      for (const { value } of item.options) eachReference(value, visit);
      return;
    case 'graph':
      if (item.output.kind === 'type') inType(item.output);
      else for (const field of item.output.fields) inType(field.type);
      eachReferenceInBody(item.body, visit);
      break;
    case 'loss':
      eachReference(item.value, visit);
      break;
  }
  for (const port of item.ports) {
    if (port.type) inType(port.type);
    if (port.default) eachReference(port.default, visit);
  }
}
