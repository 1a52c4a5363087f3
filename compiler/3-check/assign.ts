import type { Port } from '../1-parse/ast.ts';
import type { Argument } from '../arguments/argument.ts';
import { signatureText } from '../arguments/signature-text.ts';
import { unknownArgument } from '../diagnostics/codes/unknown-argument.ts';
import { renameFix } from '../diagnostics/fixes.ts';
import { suggestArgument } from '../diagnostics/framework-spellings.ts';
import { listText } from '../diagnostics/wording.ts';
import type { Span } from '../source/span.ts';
import { type Context, mistake } from './context.ts';
import { placeOfOption } from './place-of-option.ts';
import type { Given } from './values.ts';

/** Whose arguments are assigned, and what they are called. */
export interface Call {
  readonly name: string;
  readonly noun: 'argument' | 'option';
  /** The name and its parentheses. */
  readonly span: Span;
  /** Tensors that it takes by name as well; they are taken out before. */
  readonly tensors?: readonly { readonly name: string; readonly optional?: boolean }[];
}

/** What a call takes: an argument of a table, or a port. One without a default has to be given. */
export type Parameter = Pick<Argument, 'name' | 'default' | 'rest'>;

/** The ports of a module, network or loss. What they are by default is not shown: it may be any expression. */
export function parametersOf(ports: readonly Port[]): Parameter[] {
  return ports.map(({ name: { name }, default: value }) => (value ? { name, default: null } : { name }));
}

/**
 * Which parameter gets what: names as they say, the others in the order of the parameters. A parameter with
 * `rest` may get several. Null when a mistake was reported.
 */
export function assign<G extends Pick<Given, 'name' | 'nameSpan' | 'span'>>(
  ctx: Context,
  call: Call,
  parameters: readonly Parameter[],
  given: readonly G[],
): Map<string, G[]> | null {
  const { name: callee, noun } = call;
  const tensors = call.tensors ?? [];
  const signature =
    noun === 'argument'
      ? signatureText(callee, parameters, tensors)
      : `It takes ${listText(parameters.map(({ name }) => name))}.`;
  const facts = { call: callee, noun, signature };
  const assigned = new Map<string, G[]>();
  let next = 0;
  let sound = true;
  for (const one of given) {
    const { name, nameSpan } = one;
    const parameter = name === null ? parameters[next] : parameters.find((p) => p.name === name);
    if (!parameter && name === null) {
      const positional = given.filter((g) => g.name === null).length;
      mistake(ctx, unknownArgument, {
        at: one.span,
        facts: { ...facts, problem: 'too many', given: positional, takes: parameters.length },
      });
      return null;
    }
    if (!parameter) {
      const known = [...parameters, ...tensors].map((p) => p.name);
      const suggestion = suggestArgument(name!, known);
      const elsewhere = noun === 'option' && !suggestion ? placeOfOption(name!) : null;
      mistake(ctx, unknownArgument, {
        at: nameSpan,
        facts: { ...facts, problem: 'unknown', name: name!, suggestion, elsewhere },
        fixes: suggestion ? [renameFix(nameSpan, suggestion)] : [],
      });
      sound = false;
      continue;
    }
    if (name === null && !parameter.rest) next++;
    const before = assigned.get(parameter.name);
    if (!before) assigned.set(parameter.name, [one]);
    else if (parameter.rest && name === null) before.push(one);
    else {
      mistake(ctx, unknownArgument, {
        at: nameSpan,
        facts: { ...facts, problem: 'twice', name: parameter.name },
        also: { first: before[0]!.nameSpan },
      });
      sound = false;
    }
  }
  const missing = parameters.find((p) => p.default === undefined && !assigned.has(p.name));
  if (missing && sound) {
    mistake(ctx, unknownArgument, {
      at: call.span,
      facts: { ...facts, problem: 'missing', name: missing.name },
    });
    return null;
  }
  return sound ? assigned : null;
}
