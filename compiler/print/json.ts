import type {
  Arg,
  Binding,
  Chain,
  Data,
  Expr,
  Graph,
  Import,
  Item,
  Option,
  Port,
  RecordType,
  Ref,
  SpecFile,
  Step,
  Train,
  TypeExpr,
} from '../1-parse/ast.ts';
import { OPTION_KEYS, TRAIN_KEYS } from '../1-parse/json-declarations.ts';
import { isLiteralText, layerArguments, leadingArgument } from '../1-parse/json-expressions.ts';
import { distributions } from '../distributions/index.ts';
import { optimizers } from '../optimizers/index.ts';
import { dotted, spacedPrinter } from './expression.ts';
import { JsonPairs, type JsonValue, jsonObject, writeJson } from './json-writer.ts';

/**
 * The JSON form of a spec, one to one with the text form; comments and blank lines are the only things that
 * are lost.
 */
export function toJson(file: SpecFile, schema = './gan.schema.json'): string {
  const sections = new Map<string, [string, JsonValue][]>();
  const order: string[] = [];
  for (const item of file.items) {
    const { section, key, value } = itemJson(item);
    const entries = sections.get(section) ?? [];
    entries.push([key, value]);
    sections.set(section, entries);
    order.push(key === '' ? section : `${section}.${key}`);
  }
  const pairs: [string, JsonValue][] = [['$schema', schema]];
  if (file.doc !== null) pairs.push(['doc', file.doc]);
  pairs.push(['gan', file.version]);
  for (const [section, entries] of sections) {
    if (section === 'train') {
      const trains = entries.map(([, value]) => value);
      pairs.push([section, trains.length === 1 ? trains[0]! : trains]);
    } else pairs.push([section, new JsonPairs(entries)]);
  }
  const grouped = [...sections].flatMap(([section, entries]) =>
    entries.map(([key]) => (key === '' ? section : `${section}.${key}`)),
  );
  if (grouped.join('\n') !== order.join('\n')) pairs.push(['order', order]);
  return writeJson(new JsonPairs(pairs));
}

const SECTIONS: Readonly<Record<Graph['role'], string>> = {
  module: 'modules',
  network: 'networks',
  generator: 'generators',
  discriminator: 'discriminators',
};

function itemJson(item: Item): { section: string; key: string; value: JsonValue } {
  switch (item.kind) {
    case 'import':
      return { section: 'imports', key: item.from.value, value: importJson(item) };
    case 'param':
      return { section: 'params', key: item.name.name, value: documented(value(item.value), item.doc) };
    case 'latent':
      return {
        section: 'latents',
        key: item.name.name,
        value: documented(callOrValue(item.distribution), item.doc),
      };
    case 'data':
      return { section: 'data', key: item.name.name, value: dataJson(item) };
    case 'pretrained': {
      const pairs = docPairs(item.doc);
      pairs.push(['from', item.from.kind === 'string' ? item.from.value : flowList(item.from)]);
      if (item.options.length > 0) pairs.push(['options', optionsJson(item.options)]);
      return { section: 'pretrained', key: item.name.name, value: new JsonPairs(pairs) };
    }
    case 'graph':
      return { section: SECTIONS[item.role], key: item.name.name, value: graphJson(item) };
    case 'loss': {
      const pairs = docPairs(item.doc);
      pairs.push(['ports', portsJson(item.ports)], ['value', flow(item.value)]);
      return { section: 'losses', key: dotted(item.path), value: new JsonPairs(pairs) };
    }
    case 'train':
      return { section: 'train', key: '', value: trainJson(item) };
    case 'sample':
    case 'evaluate':
      return {
        section: item.kind,
        key: item.network.name,
        value: new JsonPairs([...docPairs(item.doc), ...splitOptions(item.options, OPTION_KEYS)]),
      };
  }
}

function importJson({ names, doc }: Import): JsonValue {
  const list = names.map(({ name }) => name);
  return doc === null ? list : jsonObject({ names: list, doc });
}

function documented(value: JsonValue, doc: string | null): JsonValue {
  return doc === null ? value : jsonObject({ value, doc });
}

function dataJson(data: Data): JsonValue {
  const pairs = docPairs(data.doc);
  pairs.push(['from', sourceCall(data.from) ?? flowList(data.from)]);
  pairs.push(['fields', new JsonPairs(data.fields.map(({ name, type }) => [name.name, typeJson(type)]))]);
  return new JsonPairs(pairs);
}

function graphJson(graph: Graph): JsonValue {
  const { body } = graph;
  const pairs = docPairs(graph.doc);
  pairs.push(['ports', portsJson(graph.ports)], ['out', outputJson(graph.output)]);
  if (body.bindings.length > 0) pairs.push(['let', bindingsJson(body.bindings)]);
  const result: JsonValue =
    body.result.kind === 'record'
      ? jsonObject({
          record: new JsonPairs(body.result.fields.map(({ name, value }) => [name.name, flow(value)])),
        })
      : flow(body.result);
  pairs.push(['return', result]);
  return new JsonPairs(pairs);
}

function outputJson(output: TypeExpr | RecordType): JsonValue {
  if (output.kind === 'type') return typeJson(output);
  return jsonObject({
    record: new JsonPairs(output.fields.map(({ name, type }) => [name.name, typeJson(type)])),
  });
}

function portsJson(ports: readonly Port[]): JsonValue {
  return new JsonPairs(
    ports.map(({ name, type, default: fallback }) => {
      if (!fallback) return [name.name, type ? typeJson(type) : null];
      const typed: [string, JsonValue][] = type ? [['type', typeJson(type)]] : [];
      return [name.name, new JsonPairs([...typed, ['default', value(fallback)]])];
    }),
  );
}

function typeJson({ expr, range }: TypeExpr): JsonValue {
  return range ? jsonObject({ shape: value(expr), range: value(range) }) : typeValue(expr);
}

/** A type that is a lone literal is written as an expression, so that it is not taken for a missing type. */
function typeValue(expr: Expr): JsonValue {
  return ['none', 'boolean'].includes(expr.kind) ? spacedPrinter.text(expr) : value(expr);
}

function trainJson(train: Train): JsonValue {
  const on = train.on.map(({ name }) => name);
  const pairs: [string, JsonValue][] = [...docPairs(train.doc), ['on', on.length === 1 ? on[0]! : on]];
  const groups = new Map<string, [string, JsonValue][]>();
  const groupOf = (name: string) => {
    const known = groups.get(name);
    if (known) return known;
    const made: [string, JsonValue][] = [];
    groups.set(name, made);
    pairs.push([name, new JsonPairs(made)]);
    return made;
  };
  const order: string[] = [];
  for (const entry of train.entries) {
    if (entry.kind === 'option') {
      const name = entry.name.name;
      order.push(name);
      const pair: [string, JsonValue] = [name, callOrValue(entry.value)];
      if (TRAIN_KEYS.has(name)) groupOf('options').push(pair);
      else pairs.push(pair);
    } else if (entry.kind === 'binding') {
      order.push(`let.${entry.name.name}`);
      groupOf('let').push([entry.name.name, flow(entry.value)]);
    } else {
      const key = partKey(entry);
      order.push(`${entry.kind}.${key}`);
      groupOf(entry.kind).push([key, optionsJson(entry.options)]);
    }
  }
  for (const name of ['update', 'stage', 'state']) {
    const group = groups.get(name);
    if (group) group.splice(0, group.length, ...gathered(group));
  }
  if (orderOf(pairs).join('\n') !== order.join('\n')) pairs.push(['order', order]);
  return new JsonPairs(pairs);
}

function partKey(entry: Exclude<Train['entries'][number], Option | Binding>): string {
  if (entry.kind === 'update') return entry.networks.map(({ name }) => name).join(', ');
  return entry.kind === 'stage' ? entry.label.value : entry.name.name;
}

/** The order in which the entries of `train` would be read back. */
function orderOf(pairs: readonly (readonly [string, JsonValue])[]): readonly string[] {
  return pairs.flatMap(([key, value]) => {
    if (key === 'doc' || key === 'on') return [];
    if (!TRAIN_KEYS.has(key)) return [key];
    return (value as JsonPairs).pairs.flatMap(([name, one]) =>
      key === 'options'
        ? [name]
        : Array.from(
            { length: key !== 'let' && Array.isArray(one) ? one.length : 1 },
            () => `${key}.${name}`,
          ),
    );
  });
}

/** A key that occurs more than once gets the list of its values. */
function gathered(pairs: readonly (readonly [string, JsonValue])[]): [string, JsonValue][] {
  const byKey = new Map<string, JsonValue[]>();
  for (const [key, value] of pairs) byKey.set(key, [...(byKey.get(key) ?? []), value]);
  return [...byKey].map(([key, values]) => [key, values.length === 1 ? values[0]! : values]);
}

function bindingsJson(bindings: readonly Binding[]): JsonValue {
  return new JsonPairs(bindings.map(({ name, value }) => [name.name, flow(value)]));
}

function optionsJson(options: readonly Option[]): JsonPairs {
  return new JsonPairs(options.map(optionPair));
}

function optionPair({ name, value }: Option): [string, JsonValue] {
  return [name.name, callOrValue(value)];
}

/** Options whose names are keys of the form itself stand in an object of their own. */
function splitOptions(options: readonly Option[], reserved: ReadonlySet<string>): [string, JsonValue][] {
  const hidden = options.some(({ name }) => reserved.has(name.name));
  return hidden ? [['options', optionsJson(options)]] : options.map(optionPair);
}

function docPairs(doc: string | null): [string, JsonValue][] {
  return doc === null ? [] : [['doc', doc]];
}

/** A number, boolean, null or list as such; anything else as a text in the language. */
function value(expr: Expr): JsonValue {
  switch (expr.kind) {
    case 'number':
      return expr.value;
    case 'boolean':
      return expr.value;
    case 'none':
      return null;
    case 'list':
      return expr.items.map(value);
    case 'unary':
      if (expr.operand.kind === 'number') return -expr.operand.value;
      break;
  }
  return spacedPrinter.text(expr);
}

const STRUCTURED = new Set([...optimizers, ...distributions].map(({ name }) => name));

/** An optimizer or a distribution becomes an object, so that editors can complete its arguments. */
function callOrValue(expr: Expr): JsonValue {
  return expr.kind === 'ref' && STRUCTURED.has(dotted(expr.path)) ? (call(expr) ?? value(expr)) : value(expr);
}

/** A list of what flows and its layers; one expression where there are no layers. */
function flow(expr: Expr): JsonValue {
  if (expr.kind === 'flow') return flowList(expr);
  // An array would be read as a flow.
  return expr.kind === 'list' ? spacedPrinter.text(expr) : value(expr);
}

function flowList(expr: Expr): JsonValue[] {
  if (expr.kind !== 'flow') return [value(expr)];
  return [value(expr.head), ...expr.steps.map(step)];
}

function step(layer: Step): JsonValue {
  switch (layer.kind) {
    case 'for':
      return jsonObject({ for: layer.variable.name, in: value(layer.in), do: chain(layer.body) });
    case 'repeat':
      return jsonObject({ repeat: value(layer.count), do: chain(layer.body) });
    case 'per_frame':
      return jsonObject({ per_frame: chain(layer.body) });
    case 'none':
      return null;
    case 'ref':
      return (layer.args === null ? null : layerCall(layer)) ?? spacedPrinter.ref(layer);
  }
}

function chain({ steps }: Chain): JsonValue {
  return steps.map(step);
}

/** `{"op": …}` with arguments by place, then by name; null where only a text says the same. */
function call(
  ref: Ref,
  written: (arg: Arg) => JsonValue | undefined = (arg) => value(arg.value),
): JsonPairs | null {
  const args = ref.args ?? [];
  const placed = args.filter(({ name }) => name === null);
  const named = args.slice(placed.length);
  const mixed = named.some(({ name }) => name === null || name.name === 'op' || name.name === 'args');
  const repeated = new Set(named.map(({ name }) => name?.name)).size < named.length;
  if (ref.args === null || args.length === 0 || ref.fields.length > 0 || mixed || repeated) return null;
  const pairs: [string, JsonValue][] = [['op', dotted(ref.path)]];
  const values: JsonValue[] = [];
  for (const arg of args) {
    const json = written(arg);
    if (json === undefined) return null;
    if (arg.name) pairs.push([arg.name.name, json]);
    else values.push(json);
  }
  if (values.length > 0) pairs.splice(1, 0, ['args', values]);
  return new JsonPairs(pairs);
}

/** The first argument of a layer that is built in goes by its name: `{"op": "conv2d", "filters": 64}`. */
function layerCall(ref: Ref): JsonValue | null {
  const name = dotted(ref.path);
  const known = layerArguments(name);
  const leading = leadingArgument(name);
  const args = ref.args ?? [];
  const [first, second] = args;
  const byName = leading && first && !first.name && second?.name !== null;
  // Read back, a leading argument that comes first by name would lose its name.
  if (leading && first?.name?.name === leading.name) return null;
  if (byName && args.some(({ name }) => name?.name === leading.name)) return null;
  const json = call(ref, (arg) => {
    const argument = arg.name
      ? known.find(({ name }) => name === arg.name!.name)
      : byName
        ? leading
        : undefined;
    if (arg.value.kind === 'string' && isLiteralText(argument, arg.value.value)) return arg.value.value;
    const plain = value(arg.value);
    return typeof plain === 'string' && isLiteralText(argument, plain) ? undefined : plain;
  });
  if (!json || !byName) return json;
  const [op, placed, ...named] = json.pairs;
  return new JsonPairs([op!, [leading.name, (placed![1] as JsonValue[])[0]!], ...named]);
}

/** Where data comes from; texts are texts there, so an expression that is none needs the other form. */
function sourceCall(expr: Expr): JsonValue | null {
  if (expr.kind !== 'ref') return null;
  if (expr.args?.length === 0 && expr.fields.length === 0) return jsonObject({ op: dotted(expr.path) });
  return call(expr, (arg) => literal(arg.value));
}

function literal(expr: Expr): JsonValue | undefined {
  if (expr.kind === 'string') return expr.value;
  if (expr.kind === 'list') {
    const items = expr.items.map(literal);
    return items.some((item) => item === undefined) ? undefined : (items as JsonValue[]);
  }
  const plain = value(expr);
  return typeof plain === 'string' ? undefined : plain;
}
