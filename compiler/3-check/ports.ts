import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import type { Span } from '../source/span.ts';
import { assign, parametersOf } from './assign.ts';
import { type Context, mistake } from './context.ts';
import { Dim } from './dim.ts';
import { labelCountDiffers } from './label-count.ts';
import { reportLabelAsInput } from './label-report.ts';
import type { PortType, Signature, SignaturePort } from './signature.ts';
import { solveSizes } from './solve-sizes.ts';
import { numberTensor } from './tensors.ts';
import type { TensorPort } from './type-expression.ts';
import { calleeName, type Given, inWords, takeOneOf, type Value } from './values.ts';
import { isOfWholeBatch } from './whole-batch.ts';

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
  const call = { name: signature.graph.name.name, noun: 'argument', span } as const;
  const lists = assign(ctx, call, parametersOf(signature.graph.ports), given);
  if (!lists) return null;
  const assigned = new Map([...lists].map(([name, [one]]) => [name, one!]));
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
    if (isOfWholeBatch(ctx, value, given, signature.graph.name.name, port.name)) return null;
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
      instead: type.kind === 'tensor' ? tensorInstead(value) : null,
    },
  });
  return null;
}

/** What to write where a tensor is wanted, and something is given that could make one. */
function tensorInstead(value: Value): string | null {
  if (value.kind === 'distribution')
    return `declare latent NAME: ${value.call.name}(…), and write its name here`;
  const isNetwork = value.kind === 'callable' && value.callee.kind === 'network';
  return isNetwork ? `call it: ${calleeName(value.callee)}(…)` : takeOneOf(value);
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
