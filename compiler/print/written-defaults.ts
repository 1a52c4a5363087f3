import type { Arg, Expr, Option, Ref } from '../1-parse/ast.ts';
import { library } from '../2-resolve/library.ts';
import type { Argument } from '../arguments/argument.ts';
import { defaultExpr } from './literal.ts';

// Defaults as a spec would write them.

/** The arguments of a built-in, and how many tensors stand before them in the parentheses; null for all. */
export function tableOf(
  name: string,
  how: 'step' | 'function',
  named: ReadonlySet<string | undefined>,
): { readonly arguments: readonly Argument[]; readonly tensors: number | null } | null {
  const layer = library.layers.get(name);
  if (layer) {
    const sides = (layer.sides ?? []).filter((side) => !side.optional && !named.has(side.name));
    const tensors = layer.inputs === 'many' ? null : (how === 'step' ? 0 : 1) + sides.length;
    return { arguments: layer.arguments, tensors };
  }
  const penalty = library.penalties.get(name);
  if (penalty) return { arguments: penalty.arguments, tensors: 1 + penalty.tensors.length };
  const measure = library.measures.get(name);
  if (measure) return { arguments: measure.arguments, tensors: measure.inputs.length };
  const other =
    library.optimizers.get(name) ??
    library.schedules.get(name) ??
    library.distributions.get(name) ??
    library.sources.get(name);
  return other ? { arguments: other.arguments, tensors: 0 } : null;
}

export function withArguments(ref: Ref, table: readonly Argument[], tensors: number | null): Ref {
  const written = ref.args ?? [];
  const placed = tensors === null ? 0 : Math.max(0, written.filter(({ name }) => !name).length - tensors);
  const isGiven = (argument: Argument, index: number) =>
    written.some(({ name }) => name?.name === argument.name) ||
    index < placed ||
    (argument.rest === true && placed > 0);
  const missing = table.flatMap((argument, index): Arg[] => {
    const value = isGiven(argument, index) ? null : defaultExpr(argument, ref.span);
    return value ? [{ name: { name: argument.name, span: ref.span }, value, span: ref.span }] : [];
  });
  return missing.length === 0 ? ref : { ...ref, args: [...written, ...missing] };
}

export function withDefaults(
  options: readonly Option[],
  table: readonly Argument[],
  span: Option['span'],
): Option[] {
  const missing = table.flatMap((argument): Option[] => {
    const given = options.some(({ name }) => name.name === argument.name);
    const value = given ? null : defaultOption(argument, span);
    return value ? [{ kind: 'option', name: { name: argument.name, span }, value, span }] : [];
  });
  return [...options, ...missing];
}

/** Options write words without quotes: `draw: fresh`. */
function defaultOption(argument: Argument, span: Option['span']): Expr | null {
  const { kind, default: word } = argument;
  return kind === 'choice' && typeof word === 'string'
    ? { kind: 'ref', path: [{ name: word, span }], args: null, fields: [], span }
    : defaultExpr(argument, span);
}
