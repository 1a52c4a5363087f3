import { anyCall, EXPRESSION, jsonForm, type Schema, SOURCE_ARGUMENT } from '../1-parse/json-form.ts';
import { library } from '../2-resolve/library.ts';
import type { Argument } from '../arguments/argument.ts';
import { kindText } from '../arguments/kind-text.ts';
import type { Layer } from '../layers/layer.ts';
import type { Measure } from '../measures/measure.ts';

/** Anything that is written in parentheses: a layer, an optimizer, … */
interface Callable {
  readonly name: string;
  readonly summary: string;
  readonly arguments: readonly Argument[];
  /** Tensors that it takes by name as well. */
  readonly sides?: Layer['sides'];
}

/**
 * The JSON Schema of the JSON form, for editors: every layer, optimizer, schedule, distribution and source
 * with its arguments, docs and defaults, told apart by `discriminator: op`, so that one misspelt key is one
 * error. Published as `specs/schema/gan.schema.json`.
 */
export function specSchema(): Schema {
  const values = [
    ...library.optimizers.values(),
    ...library.schedules.values(),
    ...library.distributions.values(),
    ...library.constraints.values(),
    ...[...library.measures.values()].map(measureCall),
  ];
  return {
    ...jsonForm,
    definitions: {
      ...jsonForm.definitions,
      layer: callSchema('A layer, a module or a network', [...library.layers.values()], EXPRESSION),
      call: callSchema('A call with named arguments', mergeByName(values), EXPRESSION),
      source: callSchema('Where the data comes from', [...library.sources.values()], SOURCE_ARGUMENT),
    },
  };
}

/** What a measure looks at can be written with its name, too. */
function measureCall({ name, summary, inputs, arguments: own }: Measure): Callable {
  const sides = inputs.map((input) => ({
    name: input.name,
    summary: input.summary,
    takes: 'tensor' as const,
  }));
  return { name, summary, arguments: own, sides };
}

/** An object with an `op`: one of the known, each with its own keys, or any other name. */
function callSchema(description: string, known: readonly Callable[], argument: string): Schema {
  return {
    description,
    type: 'object',
    properties: { op: { type: 'string' } },
    required: ['op'],
    if: { properties: { op: { enum: known.map(({ name }) => name) } } },
    then: {
      discriminator: { propertyName: 'op' },
      oneOf: known.map((callable) => knownCall(callable, argument)),
    },
    else: anyCall(argument),
  };
}

function knownCall(callable: Callable, argument: string): Schema {
  const properties: Record<string, unknown> = {
    op: { const: callable.name },
    args: { type: 'array', items: { $ref: argument }, description: 'Arguments by place.' },
  };
  for (const { name, summary } of callable.sides ?? []) {
    properties[name] = { description: summary, allOf: [{ $ref: argument }] };
  }
  for (const entry of callable.arguments) properties[entry.name] = argumentSchema(entry, argument);
  return { description: callable.summary, properties, required: ['op'], additionalProperties: false };
}

/** Values may always be expressions, so an argument is typed by its docs and default rather than by its values. */
function argumentSchema(argument: Argument, expression: string): Schema {
  const description = `${argument.summary} (${kindText(argument)})`;
  return {
    description,
    ...(argument.default === undefined ? {} : { default: argument.default }),
    ...(argument.choices ? { examples: argument.choices } : {}),
    allOf: [{ $ref: expression }],
  };
}

/** Where two kinds share a name, one entry takes the arguments of both. */
function mergeByName(callables: readonly Callable[]): readonly Callable[] {
  const merged = new Map<string, Callable>();
  for (const callable of callables) {
    const before = merged.get(callable.name);
    if (!before) merged.set(callable.name, callable);
    else {
      const names = new Set(before.arguments.map(({ name }) => name));
      merged.set(callable.name, {
        name: callable.name,
        summary: `${before.summary}; or ${callable.summary}`,
        arguments: [...before.arguments, ...callable.arguments.filter(({ name }) => !names.has(name))],
      });
    }
  }
  return [...merged.values()];
}
