import { cover, type Span } from '../source/span.ts';
import type {
  Binding,
  Body,
  Evaluate,
  GraphRole,
  Item,
  ListExpr,
  Name,
  Option,
  Port,
  RecordType,
  Sample,
  Train,
  TypeExpr,
} from './ast.ts';
import { JsonExpressions } from './json-expressions.ts';
import { inOrder } from './json-order.ts';
import { entryOf } from './json-structure.ts';
import { type JsonEntry, type JsonNode, type JsonObject, type JsonString, reportTwice } from './json-text.ts';

const ROLES: Readonly<Record<string, GraphRole>> = {
  modules: 'module',
  networks: 'network',
  generators: 'generator',
  discriminators: 'discriminator',
};

/** Keys of `train` that are no options. */
export const TRAIN_KEYS: ReadonlySet<string> = new Set([
  'doc',
  'on',
  'let',
  'state',
  'stage',
  'update',
  'options',
  'order',
]);
/** Keys of `sample` and `evaluate` that are no options. */
export const OPTION_KEYS: ReadonlySet<string> = new Set(['doc', 'options']);

/** Reads declarations out of JSON whose structure has been checked. */
export class JsonDeclarations extends JsonExpressions {
  /** One entry of a section: `"modules": {"Up": …}`. */
  declaration(section: string, { key, value }: JsonEntry): Item {
    const object = value.kind === 'object' ? value : null;
    const doc = object ? entryOf(object, 'doc')?.value : undefined;
    const isDoc =
      doc?.kind === 'string' && (section !== 'params' && section !== 'latents' ? true : wrapped(object));
    const base = {
      doc: isDoc ? (doc as JsonString).value : null,
      docSpan: isDoc ? this.span(doc!) : null,
      span: cover(this.span(key), this.span(value)),
    };
    const get = (name: string): JsonNode | undefined => (object ? entryOf(object, name)?.value : undefined);
    switch (section) {
      case 'imports': {
        const names = value.kind === 'array' ? value : get('names');
        const parts = names?.kind === 'array' ? names.items : [];
        return {
          kind: 'import',
          names: parts.map((name) => this.name(name as JsonString)),
          from: this.literal(key),
          ...base,
        };
      }
      case 'params':
        return { kind: 'param', name: this.name(key), value: this.expression(unwrap(value)), ...base };
      case 'latents':
        return {
          kind: 'latent',
          name: this.name(key),
          distribution: this.expression(unwrap(value)),
          ...base,
        };
      case 'data': {
        const from = get('from')!;
        return {
          kind: 'data',
          name: this.name(key),
          from: from.kind === 'object' ? this.call(from, 'source') : this.flow(from),
          fields: this.#entries(get('fields')).map((field) => ({
            name: this.name(field.key),
            type: this.#type(field.value),
          })),
          ...base,
        };
      }
      case 'pretrained': {
        const from = get('from')!;
        return {
          kind: 'pretrained',
          name: this.name(key),
          from: from.kind === 'string' ? this.literal(from) : this.flow(from),
          options: this.#entries(get('options')).map((option) => this.#option(option)),
          ...base,
        };
      }
      case 'losses':
        return {
          kind: 'loss',
          path: this.dotted(key),
          ports: this.#ports(get('ports')),
          value: this.flow(get('value')!),
          ...base,
        };
      case 'sample':
      case 'evaluate':
        return {
          kind: section,
          network: this.name(key),
          options: object ? this.#options(object, OPTION_KEYS) : [],
          ...base,
        } satisfies Sample | Evaluate;
      default:
        return {
          kind: 'graph',
          role: ROLES[section]!,
          name: this.name(key),
          ports: this.#ports(get('ports')),
          output: this.#output(get('out')!),
          body: this.#body(object!),
          ...base,
        };
    }
  }

  /** What an entry would have declared, were it sound. */
  declares(section: string, { key, value }: JsonEntry): Name[] {
    if (section === 'sample' || section === 'evaluate') return [];
    const named = (text: JsonString) => ({ name: text.value, span: this.span(text) });
    if (section !== 'imports') return [named(key)];
    const names = value.kind === 'object' ? entryOf(value, 'names')?.value : value;
    return names?.kind === 'array'
      ? names.items.flatMap((name) => (name.kind === 'string' ? [named(name)] : []))
      : [];
  }

  train(node: JsonObject, key: JsonString): Train {
    if (reportTwice(node, this.source.name, this.reporter)) this.failed = true;
    const get = (name: string): JsonNode | undefined => entryOf(node, name)?.value;
    const on = get('on');
    const doc = get('doc');
    const entries: { item: Train['entries'][number]; order: string }[] = [];
    const add = (order: string, item: Train['entries'][number]) => entries.push({ item, order });
    for (const entry of node.entries) {
      const word = entry.key.value;
      if (!TRAIN_KEYS.has(word)) add(word, this.#option(entry));
      else if (word === 'options') {
        for (const option of this.#entries(entry.value)) add(option.key.value, this.#option(option));
      } else if (word === 'let') {
        for (const binding of this.#entries(entry.value))
          add(`let.${binding.key.value}`, this.#binding(binding));
      } else if (word === 'state' || word === 'stage' || word === 'update') {
        for (const one of this.#entries(entry.value)) {
          const repeated = one.value.kind === 'array' ? one.value.items : [one.value];
          for (const value of repeated)
            add(`${word}.${one.key.value}`, this.#part(word, one.key, value as JsonObject));
        }
      }
    }
    return {
      kind: 'train',
      on: (on?.kind === 'array' ? on.items : on ? [on] : []).map((name) => this.name(name as JsonString)),
      entries: inOrder(entries, get('order')),
      doc: doc?.kind === 'string' ? doc.value : null,
      docSpan: doc ? this.span(doc) : null,
      span: cover(this.span(key), this.span(node)),
    };
  }

  #part(word: 'state' | 'stage' | 'update', key: JsonString, value: JsonObject): Train['entries'][number] {
    const options = value.entries.map((option) => this.#option(option));
    const span = cover(this.span(key), this.span(value));
    if (word === 'state') return { kind: 'state', name: this.name(key), options, span };
    if (word === 'stage') return { kind: 'stage', label: this.literal(key), options, span };
    return { kind: 'update', networks: this.#names(key), options, span };
  }

  /** `"D"`, or `"A, B"` where several are updated together. */
  #names(key: JsonString): readonly Name[] {
    if (!key.value.includes(',')) return [this.name(key)];
    let at = key.start + 1;
    return key.value.split(',').map((part) => {
      const start = at + (part.length - part.trimStart().length);
      at += part.length + 1;
      const value = part.trim();
      return this.name({ kind: 'string', value, start: start - 1, end: start + value.length + 1 });
    });
  }

  #options(object: JsonObject, reserved: ReadonlySet<string>): readonly Option[] {
    if (reportTwice(object, this.source.name, this.reporter)) this.failed = true;
    return object.entries.flatMap((entry) => {
      if (!reserved.has(entry.key.value)) return [this.#option(entry)];
      if (entry.key.value !== 'options') return [];
      return this.#entries(entry.value).map((option) => this.#option(option));
    });
  }

  #option({ key, value }: JsonEntry): Option {
    return {
      kind: 'option',
      name: this.name(key, 'any'),
      value: this.expression(value),
      span: cover(this.span(key), this.span(value)),
    };
  }

  #binding({ key, value }: JsonEntry): Binding {
    return {
      kind: 'binding',
      name: this.name(key),
      value: this.flow(value),
      span: cover(this.span(key), this.span(value)),
    };
  }

  #ports(node: JsonNode | undefined): readonly Port[] {
    return this.#entries(node).map(({ key, value }) => {
      const object = value.kind === 'object' ? value : null;
      const type = object ? entryOf(object, 'type')?.value : undefined;
      const fallback = object ? entryOf(object, 'default')?.value : undefined;
      const span: Span = cover(this.span(key), this.span(value));
      const name = this.name(key);
      if (type || fallback) {
        return {
          name,
          type: type ? this.#type(type) : null,
          default: fallback ? this.expression(fallback) : null,
          span,
        };
      }
      return { name, type: value.kind === 'null' ? null : this.#type(value), default: null, span };
    });
  }

  #type(node: JsonNode): TypeExpr {
    const span = this.span(node);
    const shape = node.kind === 'object' ? entryOf(node, 'shape')?.value : undefined;
    if (!shape || node.kind !== 'object') {
      return { kind: 'type', expr: this.expression(node), range: null, span };
    }
    const range: ListExpr = this.list(entryOf(node, 'range')!.value);
    return { kind: 'type', expr: this.expression(shape), range, span };
  }

  #output(node: JsonNode): TypeExpr | RecordType {
    const record = node.kind === 'object' ? entryOf(node, 'record')?.value : undefined;
    if (!record) return this.#type(node);
    const fields = this.#entries(record).map(({ key, value }) => ({
      name: this.name(key),
      type: this.#type(value),
    }));
    return { kind: 'record-type', fields, span: this.span(node) };
  }

  #body(object: JsonObject): Body {
    const result = entryOf(object, 'return')!.value;
    const record = result.kind === 'object' ? entryOf(result, 'record')?.value : undefined;
    return {
      bindings: this.#entries(entryOf(object, 'let')?.value).map((binding) => this.#binding(binding)),
      result: record
        ? {
            kind: 'record',
            fields: this.#entries(record).map(({ key, value }) => ({
              name: this.name(key),
              value: this.flow(value),
            })),
            span: this.span(result),
          }
        : this.flow(result),
      span: this.span(object),
    };
  }

  #entries(node: JsonNode | undefined): readonly JsonEntry[] {
    return node?.kind === 'object' ? node.entries : [];
  }
}

/** Whether a param or latent is written `{"value": …, "doc": …}`. */
function wrapped(object: JsonObject | null): boolean {
  return !!object && !!entryOf(object, 'value') && !entryOf(object, 'op');
}

function unwrap(node: JsonNode): JsonNode {
  return node.kind === 'object' && wrapped(node) ? entryOf(node, 'value')!.value : node;
}
