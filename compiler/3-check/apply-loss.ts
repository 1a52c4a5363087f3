import type * as ast from '../1-parse/ast.ts';
import type { Argument } from '../arguments/argument.ts';
import { signatureText } from '../arguments/signature-text.ts';
import { unknownArgument } from '../diagnostics/codes/unknown-argument.ts';
import { renameFix } from '../diagnostics/fixes.ts';
import { suggestArgument } from '../diagnostics/framework-spellings.ts';
import type { Span } from '../source/span.ts';
import { type Context, mistake } from './context.ts';
import { evaluate } from './expression.ts';
import { countLayer } from './limits.ts';
import { Scope } from './scope.ts';
import { type Given, UNKNOWN, type Value } from './values.ts';

/** A loss is an expression with a name: it is evaluated with what it is given in the place of its ports. */
export function applyLoss(
  loss: ast.Loss,
  name: string,
  given: readonly Given[],
  span: Span,
  ctx: Context,
): Value {
  countLayer(ctx, span);
  const scope = bindPorts(loss, name, given, span, ctx);
  if (!scope) return UNKNOWN;
  return evaluate(loss.value, {
    ...ctx,
    scope,
    trace: [{ module: name, span }, ...ctx.trace],
    top: false,
    wanted: null,
  });
}

function bindPorts(
  loss: ast.Loss,
  name: string,
  given: readonly Given[],
  span: Span,
  ctx: Context,
): Scope | null {
  const { ports } = loss;
  const table = ports.map((port): Argument => ({ name: port.name.name, kind: 'number', summary: '' }));
  const facts = { call: name, noun: 'argument', signature: signatureText(name, table) } as const;
  const values = new Map<string, Value>();
  const places = new Map<string, Span>();
  let next = 0;
  for (const one of given) {
    const port = one.name === null ? ports[next++] : ports.find((p) => p.name.name === one.name);
    if (!port) {
      const problem =
        one.name === null
          ? ({ problem: 'too many', given: given.length, takes: ports.length } as const)
          : ({
              problem: 'unknown',
              name: one.name,
              suggestion: suggestArgument(
                one.name,
                ports.map((p) => p.name.name),
              ),
            } as const);
      const suggestion = problem.problem === 'unknown' ? problem.suggestion : null;
      mistake(ctx, unknownArgument, {
        at: one.name === null ? one.span : one.nameSpan,
        facts: { ...facts, ...problem },
        fixes: suggestion ? [renameFix(one.nameSpan, suggestion)] : [],
      });
      return null;
    }
    const portName = port.name.name;
    if (values.has(portName)) {
      mistake(ctx, unknownArgument, {
        at: one.nameSpan,
        facts: { ...facts, problem: 'twice', name: portName },
        also: { first: places.get(portName)! },
      });
      return null;
    }
    values.set(portName, one.value);
    places.set(portName, one.nameSpan);
  }
  for (const port of ports) {
    if (values.has(port.name.name)) continue;
    if (!port.default) {
      mistake(ctx, unknownArgument, {
        at: span,
        facts: { ...facts, problem: 'missing', name: port.name.name },
      });
      return null;
    }
    values.set(port.name.name, evaluate(port.default, { ...ctx, scope: new Scope(values) }));
  }
  return new Scope(values);
}
