import type * as ast from '../1-parse/ast.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { signatureMismatch } from '../diagnostics/codes/signature-mismatch.ts';
import { endOf } from './body.ts';
import { type Context, mistake } from './context.ts';
import type { Dim } from './dim.ts';
import type { Signature, SignatureOutput } from './signature.ts';
import { sameShape } from './tensors.ts';
import { inWords, type Value } from './values.ts';

/** Compares what a module's body makes with what its signature promises. Says nothing of what is unknown. */
export function reportDifference(
  signature: Signature,
  sizes: ReadonlyMap<string, Dim>,
  result: Value,
  ctx: Context,
): void {
  for (const { output, value, expr } of pairs(signature, result, ctx)) {
    if (output.type.kind === 'any' || value.kind === 'unknown') continue;
    const at = endOf(expr).span;
    if (value.kind !== 'tensor') {
      mistake(ctx, argumentValue, {
        at,
        facts: { call: ctx.owner, name: 'the result', wanted: 'a tensor', given: inWords(value) },
      });
      continue;
    }
    const wanted = output.type.shape.map((size) => size.substitute(sizes));
    if (!wanted.every((size) => size !== null) || sameShape(wanted, value.shape)) continue;
    mistake(ctx, signatureMismatch, {
      at,
      facts: { module: ctx.owner, promised: wanted, made: value.shape },
      also: { promise: output.type.span },
    });
  }
}

export interface Pair {
  readonly output: SignatureOutput;
  readonly value: Value;
  /** What was written for it. */
  readonly expr: ast.Expr;
}

/**
 * Each promised output with what the body makes of that name, in a record of its own or in that of a module or network which it
 * ends in; reports outputs that have no partner.
 */
export function pairs(signature: Signature, result: Value, ctx: Context): Pair[] {
  const { result: written } = signature.graph.body;
  const [only] = signature.output;
  if (written.kind !== 'record') {
    if (only && only.name === null) return [{ output: only, value: result, expr: written }];
    if (result.kind === 'unknown') return [];
  }
  if (result.kind !== 'record') {
    const names = signature.output.map((output) => output.name).join(', ');
    mistake(ctx, argumentValue, {
      at: written.span,
      facts: { call: ctx.owner, name: 'the result', wanted: `a record of ${names}`, given: 'one value' },
    });
    return [];
  }
  const found = signature.output.flatMap((output): Pair[] => {
    const value = output.name === null ? undefined : result.fields.get(output.name);
    if (!value) return [];
    if (written.kind !== 'record') return [{ output, value, expr: written }];
    const field = written.fields.find((f) => f.name.name === output.name)!;
    return [{ output, value, expr: field.value }];
  });
  const promised = signature.output.map((output) => output.name ?? 'one value');
  const made = [...result.fields.keys()];
  if (found.length < promised.length || made.length > promised.length) {
    mistake(ctx, argumentValue, {
      at: written.span,
      facts: {
        call: ctx.owner,
        name: 'the result',
        wanted: promised.join(', '),
        given: made.join(', '),
      },
    });
  }
  return found;
}
