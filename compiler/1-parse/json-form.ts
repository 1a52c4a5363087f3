/** A JSON Schema (draft 7). */
export type Schema = { readonly [key: string]: unknown };

// The form of a spec as JSON, calls left open: which layers there are and what they take is told by their
// definitions (`generate/schema.ts` adds them for editors), and judged by the checker alike in both forms.

const ref = (name: string, description?: string): Schema => ({
  $ref: `#/definitions/${name}`,
  ...(description ? { description } : {}),
});
const mapOf = (name: string, description: string): Schema => ({
  type: 'object',
  description,
  additionalProperties: ref(name),
});
const closed = (properties: Schema, required: readonly string[], description?: string): Schema => ({
  type: 'object',
  ...(description ? { description } : {}),
  properties,
  required,
  additionalProperties: false,
});
/** An object that is no call: an argument may be called `for`. */
const loopWith = (key: string): Schema => ({ required: [key], not: { required: ['op'] } });

const DOC: Schema = { type: 'string', description: 'The doc comment: hover, generated docs, model card.' };
const ORDER: Schema = {
  type: 'array',
  items: { type: 'string' },
  description:
    'The order of the text, where grouping by kind would lose it: `params.ch`, `let.real`, `update.D`.',
};
const NAMES: Schema = { type: ['string', 'array'], items: { type: 'string' } };
const OPTIONS: Schema = mapOf('expression', 'Options whose names are keys of the form itself.');

const FILE: Schema = {
  $schema: { type: 'string' },
  doc: DOC,
  gan: { description: 'The version of the language.', type: 'number' },
  imports: {
    type: 'object',
    description: 'Names taken from packages or files.',
    additionalProperties: ref('imported'),
  },
  params: mapOf('param', 'Values with a name; `--set ch=32` overrides one.'),
  latents: mapOf('param', 'Random inputs: `{"op": "normal", "args": [100]}`.'),
  data: mapOf('dataset', 'Datasets and their fields.'),
  pretrained: mapOf('pretrained', 'Frozen networks.'),
  modules: mapOf('graph', 'Recipes: every use gets its own weights.'),
  networks: mapOf('graph', 'Networks: one set of weights however often they are called.'),
  generators: mapOf('graph', 'Networks that make data.'),
  discriminators: mapOf('graph', 'Networks that judge data.'),
  losses: mapOf('loss', 'Named losses.'),
  train: {
    type: ['object', 'array'],
    if: { type: 'array' },
    then: { items: ref('train') },
    else: ref('train'),
  },
  sample: mapOf('options', 'How to sample a network.'),
  evaluate: mapOf('options', 'How to evaluate a network.'),
  order: ORDER,
};

const DEFINITIONS: Schema = {
  expression: {
    description:
      'A number, true, false, null (none), a list, a call, or an expression in the language: "2 * H".',
    type: ['number', 'string', 'boolean', 'null', 'array', 'object'],
    if: { type: 'object' },
    then: ref('call'),
    else: { if: { type: 'array' }, then: { items: ref('expression') } },
  },
  flow: {
    description: 'A list: what flows, then its layers. Or one expression.',
    type: ['number', 'string', 'boolean', 'null', 'array', 'object'],
    if: { type: 'array' },
    then: { minItems: 1, items: [ref('expression')], additionalItems: ref('step') },
    else: ref('expression'),
  },
  step: {
    type: ['string', 'null', 'object'],
    if: { type: 'object' },
    then: {
      if: loopWith('for'),
      then: closed(
        {
          for: { type: 'string', description: 'The name of the running value.' },
          in: ref('expression', 'The list that it runs through.'),
          do: ref('chain'),
        },
        ['for', 'in', 'do'],
      ),
      else: {
        if: loopWith('repeat'),
        then: closed({ repeat: ref('expression', 'How often.'), do: ref('chain') }, ['repeat', 'do']),
        else: {
          if: loopWith('per_frame'),
          then: closed({ per_frame: ref('chain') }, ['per_frame']),
          else: ref('layer'),
        },
      },
    },
  },
  chain: { type: 'array', minItems: 1, items: ref('step') },
  param: {
    if: { type: 'object', required: ['value'], not: { required: ['op'] } },
    then: closed({ value: ref('expression'), doc: DOC }, ['value']),
    else: ref('expression'),
  },
  imported: {
    type: ['array', 'object'],
    if: { type: 'array' },
    then: { items: { type: 'string' } },
    else: closed({ names: { type: 'array', items: { type: 'string' } }, doc: DOC }, ['names']),
  },
  sourceArgument: {
    description: 'A text is a text here, such as a path.',
    type: ['number', 'string', 'boolean', 'null', 'array'],
    if: { type: 'array' },
    then: { items: ref('sourceArgument') },
  },
  dataset: closed(
    {
      doc: DOC,
      from: {
        description: '`{"op": "folder", "args": ["data/faces"]}`',
        type: ['object', 'array'],
        if: { type: 'object' },
        then: ref('source'),
        else: ref('flow'),
      },
      fields: mapOf('type', 'What one example holds.'),
    },
    ['from', 'fields'],
  ),
  pretrained: closed(
    {
      doc: DOC,
      from: {
        description: 'The path of the model.',
        type: ['string', 'array'],
        if: { type: 'array' },
        then: ref('flow'),
      },
      options: mapOf('expression', 'Options.'),
    },
    ['from'],
  ),
  type: {
    description: 'A shape, a field such as "faces.image", "label(10)", "int" or "layer".',
    type: ['number', 'string', 'array', 'object'],
    if: { type: 'object', properties: { op: false } },
    then: closed(
      {
        shape: ref('expression'),
        range: { type: 'array', items: ref('expression'), description: 'The values that it may hold.' },
      },
      ['shape', 'range'],
    ),
    else: ref('expression'),
  },
  port: {
    if: { type: 'object', anyOf: [{ required: ['default'] }, { required: ['type'] }] },
    then: closed({ type: ref('type'), default: ref('expression') }, []),
    else: { if: { type: 'null' }, else: ref('type') },
  },
  output: {
    if: { type: 'object', required: ['record'] },
    then: closed({ record: mapOf('type', 'Several outputs by name.') }, ['record']),
    else: ref('type'),
  },
  graph: closed(
    {
      doc: DOC,
      ports: mapOf('port', 'What it takes.'),
      out: ref('output', 'What it makes.'),
      let: mapOf('flow', 'Named flows.'),
      return: {
        description: 'The result.',
        if: { type: 'object', required: ['record'] },
        then: closed({ record: mapOf('flow', 'Several results by name.') }, ['record']),
        else: ref('flow'),
      },
    },
    ['ports', 'out', 'return'],
  ),
  loss: closed({ doc: DOC, ports: mapOf('port', 'What it takes.'), value: ref('flow') }, ['ports', 'value']),
  options: {
    type: 'object',
    properties: { doc: DOC, options: OPTIONS },
    additionalProperties: ref('expression'),
  },
  plainOptions: { type: 'object', additionalProperties: ref('expression') },
  updates: {
    type: ['object', 'array'],
    if: { type: 'array' },
    then: { minItems: 1, items: ref('plainOptions') },
    else: ref('plainOptions'),
  },
  train: {
    type: 'object',
    properties: {
      doc: DOC,
      on: { ...NAMES, description: 'The dataset, or several.' },
      let: mapOf('flow', 'Named tensors.'),
      state: mapOf('updates', 'Numbers that training carries along.'),
      stage: mapOf('updates', 'Stages of training.'),
      update: mapOf('updates', 'What changes which weights.'),
      options: OPTIONS,
      order: ORDER,
    },
    required: ['on'],
    additionalProperties: ref('expression'),
  },
};

/** An object with an `op`, positional `args` and named arguments. */
export function anyCall(argument: string): Schema {
  return {
    type: 'object',
    properties: { op: { type: 'string' }, args: { type: 'array', items: { $ref: argument } } },
    required: ['op'],
    additionalProperties: { $ref: argument },
  };
}

export const EXPRESSION = '#/definitions/expression';
export const SOURCE_ARGUMENT = '#/definitions/sourceArgument';

/** What the compiler asks of a JSON file before it reads a syntax tree out of it. */
export const jsonForm = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'A GAN, as JSON',
  description: 'The JSON form of a `.gan` file: the same tree, one to one.',
  type: 'object',
  properties: FILE,
  required: ['gan'],
  additionalProperties: false,
  definitions: {
    ...DEFINITIONS,
    layer: anyCall(EXPRESSION),
    call: anyCall(EXPRESSION),
    source: anyCall(SOURCE_ARGUMENT),
  },
};
