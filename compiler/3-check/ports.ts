import { signatureText } from '../arguments/signature-text.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { inputShapeMismatch } from '../diagnostics/codes/input-shape-mismatch.ts';
import { unknownArgument } from '../diagnostics/codes/unknown-argument.ts';
import { renameFix } from '../diagnostics/fixes.ts';
import { suggestArgument } from '../diagnostics/framework-spellings.ts';
import type { Span } from '../source/span.ts';
import { type Context, mistake } from './context.ts';
import { Dim } from './dim.ts';
import { labelCountDiffers } from './label-count.ts';
import { reportLabelAsInput } from './label-report.ts';
import type { PortType, Signature, SignaturePort, TensorPort } from './signature.ts';
import { bareName, textAt } from './source-text.ts';
import { numberTensor } from './tensors.ts';
import { type Given, inWords, type TensorValue, type Value } from './values.ts';

/** A call of a module or network: which port got what, and what its named sizes are here. */
export interface Match {
  readonly values: ReadonlyMap<string, Value>;
  readonly given: ReadonlyMap<string, Given>;
  readonly sizes: ReadonlyMap<string, Dim>;
}

/** Fits what is given to the ports of a signature; null after a mistake, or when something is unknown. */
export function matchPorts(
  signature: Signature,
  given: readonly Given[],
  span: Span,
  ctx: Context,
  defaults: (port: SignaturePort, sizes: ReadonlyMap<string, Dim>) => Value,
): Match | null {
  const assigned = assignPorts(signature, given, span, ctx);
  if (!assigned) return null;
  const values = new Map<string, Value>();
  const sizes = new Map<string, Dim>();
  let sound = true;
  for (const port of signature.ports) {
    const one = assigned.get(port.name);
    if (!one) continue;
    const value = readPort(signature, port, one, ctx);
    if (!value) sound = false;
    else {
      values.set(port.name, value);
      if (port.type.kind === 'int') {
        if (value.kind === 'number') sizes.set(port.name, Dim.of(value.value));
        if (value.kind === 'size') sizes.set(port.name, value.size);
      }
    }
  }
  if (!sound || !solveSizes(signature, values, assigned, sizes, ctx)) return null;
  for (const port of signature.ports) {
    if (values.has(port.name)) continue;
    const value = defaults(port, sizes);
    if (value.kind === 'unknown') return null;
    values.set(port.name, value);
    if (port.type.kind === 'int' && value.kind === 'number') sizes.set(port.name, Dim.of(value.value));
  }
  return { values, given: assigned, sizes };
}

function assignPorts(
  signature: Signature,
  given: readonly Given[],
  span: Span,
  ctx: Context,
): Map<string, Given> | null {
  const { ports, graph } = signature;
  const facts = {
    call: graph.name.name,
    noun: 'argument',
    signature: signatureText(
      graph.name.name,
      ports.map((port) => ({ name: port.name, kind: 'number', summary: '' })),
    ),
  } as const;
  const assigned = new Map<string, Given>();
  let next = 0;
  let sound = true;
  for (const one of given) {
    const port = one.name === null ? ports[next++] : ports.find((p) => p.name === one.name);
    if (!port) {
      sound = false;
      if (one.name === null) {
        const count = given.filter((g) => g.name === null).length;
        mistake(ctx, unknownArgument, {
          at: one.span,
          facts: { ...facts, problem: 'too many', given: count, takes: ports.length },
        });
        return null;
      }
      const suggestion = suggestArgument(
        one.name,
        ports.map((p) => p.name),
      );
      mistake(ctx, unknownArgument, {
        at: one.nameSpan,
        facts: { ...facts, problem: 'unknown', name: one.name, suggestion },
        fixes: suggestion ? [renameFix(one.nameSpan, suggestion)] : [],
      });
    } else if (assigned.has(port.name)) {
      sound = false;
      mistake(ctx, unknownArgument, {
        at: one.nameSpan,
        facts: { ...facts, problem: 'twice', name: port.name },
        also: { first: assigned.get(port.name)!.nameSpan },
      });
    } else assigned.set(port.name, one);
  }
  const missing = ports.find((port) => !assigned.has(port.name) && port.default === null);
  if (missing && sound) {
    mistake(ctx, unknownArgument, { at: span, facts: { ...facts, problem: 'missing', name: missing.name } });
    return null;
  }
  return sound ? assigned : null;
}

const WANTED = {
  any: 'a tensor',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  text: 'a text in quotes',
  layer: 'a layer, such as batch_norm or none',
};

/** The value for a port, when it is of the port's kind; null after a mistake, or when it is unknown. */
function readPort(signature: Signature, port: SignaturePort, given: Given, ctx: Context): Value | null {
  const { value } = given;
  const { type } = port;
  if (value.kind === 'unknown') return null;
  const fits = isOfKind(type, value);
  if (fits === 'as a tensor') {
    return value.kind === 'number' ? numberTensor(ctx, value.value, given.span) : null;
  }
  if (fits) {
    if (type.kind !== 'tensor' || value.kind !== 'tensor') return value;
    if (value.label && !type.label) {
      reportLabelAsInput(ctx, given, value.label, signature.graph.name.name);
      return null;
    }
    if (
      type.label &&
      value.label &&
      labelCountDiffers(ctx, signature, port, type.label, value.label, given)
    ) {
      return null;
    }
    if (!type.label || value.label) return value;
  }
  mistake(ctx, argumentValue, {
    at: given.expr?.span ?? given.span,
    facts: {
      call: signature.graph.name.name,
      name: port.name,
      wanted: type.kind === 'tensor' ? wantedTensor(type) : WANTED[type.kind],
      given: inWords(value),
    },
  });
  return null;
}

function isOfKind(type: PortType, value: Value): boolean | 'as a tensor' {
  switch (type.kind) {
    case 'tensor':
      return value.kind === 'tensor';
    case 'any':
      return true;
    case 'int':
      return value.kind === 'size' || (value.kind === 'number' && Number.isSafeInteger(value.value));
    case 'number':
      return value.kind === 'size' || value.kind === 'number';
    case 'boolean':
      return value.kind === 'boolean';
    case 'text':
      return value.kind === 'text';
    case 'layer':
      return value.kind === 'callable' || value.kind === 'none';
  }
}

function wantedTensor({ shape, label }: TensorPort): string {
  return label ? `a label(${label.classes})` : `a tensor of shape [${shape.join(', ')}]`;
}

/**
 * Finds the named sizes from the shapes that are given, and compares what is left to compare. False after a
 * mistake.
 */
function solveSizes(
  signature: Signature,
  values: ReadonlyMap<string, Value>,
  given: ReadonlyMap<string, Given>,
  sizes: Map<string, Dim>,
  ctx: Context,
): boolean {
  const tensors = signature.ports.flatMap((port) => {
    const value = values.get(port.name);
    return port.type.kind === 'tensor' && value?.kind === 'tensor' ? [{ port, type: port.type, value }] : [];
  });
  for (const { port, type, value } of tensors) {
    if (type.shape.length !== value.shape.length) {
      reportShape(signature, port, type, value, given.get(port.name)!, sizes, ctx);
      return false;
    }
  }
  const waiting = tensors.flatMap(({ port, type, value }) => [
    ...type.shape.map((pattern, axis) => ({ pattern, actual: value.shape[axis]!, port, type, value })),
    ...(type.label && value.label
      ? [{ pattern: type.label.classes, actual: value.label.classes, port, type, value }]
      : []),
  ]);
  // An equation with one unknown gives it; the others wait until they have no more than one.
  let open = waiting;
  for (let progress = true; progress; ) {
    progress = false;
    for (const { pattern, actual } of open) {
      const unsolved = unsolvedIn(pattern, signature, sizes);
      const solved = unsolved.length === 1 ? solve(pattern, unsolved[0]!, actual, sizes, signature) : null;
      if (!solved) continue;
      sizes.set(unsolved[0]!, solved);
      progress = true;
    }
    open = open.filter(({ pattern }) => unsolvedIn(pattern, signature, sizes).length > 0);
  }
  for (const { pattern, actual, port, type, value } of waiting) {
    if ([...pattern.names].some((name) => !sizes.has(name))) continue;
    // A size that is not the multiple it is promised to be is the business of `promiseBroken`.
    const wanted = pattern.substitute(sizes);
    if (!wanted || wanted.equals(actual)) continue;
    reportShape(signature, port, type, value, given.get(port.name)!, sizes, ctx);
    return false;
  }
  return true;
}

function unsolvedIn(pattern: Dim, signature: Signature, sizes: ReadonlyMap<string, Dim>): string[] {
  return [...pattern.names].filter((name) => signature.letters.has(name) && !sizes.has(name));
}

/** The size of `name` for which the pattern comes to `actual`; null when no whole number does. */
function solve(
  pattern: Dim,
  name: string,
  actual: Dim,
  sizes: ReadonlyMap<string, Dim>,
  signature: Signature,
): Dim | null {
  const equation = pattern.substitute(sizes)?.linearIn(name);
  if (!equation) return null;
  const { factor, offset } = equation;
  const multiple = signature.multiples.get(name) ?? 1;
  // factor·name + offset = actual, with a factor of so many parts: (factor·multiple)·name = multiple·(…).
  return actual
    .minus(offset)
    .times(multiple)
    .over(Math.round(factor * multiple));
}

function reportShape(
  signature: Signature,
  port: SignaturePort,
  type: TensorPort,
  value: TensorValue,
  given: Given,
  sizes: ReadonlyMap<string, Dim>,
  ctx: Context,
): void {
  const written = given.expr ? (bareName(given.expr) ?? textAt(ctx.world, given.span)) : null;
  mistake(ctx, inputShapeMismatch, {
    at: given.span,
    facts: {
      network: signature.graph.name.name,
      port: port.name,
      wanted: type.shape.map((size) => size.substitute(sizes) ?? size),
      value: written !== null && written.length <= 20 ? written : null,
      given: value.shape,
    },
    also: { port: port.span },
  });
}
