import type {
  Arg,
  Body,
  Expr,
  GraphRole,
  Item,
  Name,
  Option,
  Param,
  Port,
  RecordType,
  Ref,
  SpecFile,
  Step,
  Train,
  TypeExpr,
} from '../1-parse/ast.ts';
import type { Names, Shared } from '../2-resolve/names.ts';
import { sharedNamed } from '../2-resolve/reach.ts';
import type { Resolved } from '../2-resolve/resolved.ts';
import {
  evaluateOptions,
  pretrainedOptions,
  stageOptions,
  stateOptions,
  trainOptions,
  updateOptions,
} from '../3-check/block-options.ts';
import type { Stage } from '../3-check/model.ts';
import type { Span } from '../source/span.ts';
import { dotted } from './expression.ts';
import { joinedNames } from './joined-names.ts';
import { folded } from './literal.ts';
import { movedPath } from './moved-path.ts';
import { tableOf, withArguments, withDefaults } from './written-defaults.ts';

/** More steps than this are left in their loop: nobody reads them. */
const MAX_STEPS = 10_000;

/**
 * The same spec with nothing left to know: imports, params and loops written out, and every default of every layer,
 * optimizer, schedule and distribution. It stands alone and compiles to the same model. Comments are lost.
 *
 * Where training has stages, the params that they change stay params, and loops over those stay loops. Given one of
 * the stages, and the spec resolved for it, a spec that is that stage alone.
 */
export function expand(resolved: Resolved, stage: Stage | null = null): SpecFile {
  const kept = stage ? new Set<Param>() : paramsOfStages(resolved);
  const expander = new Expander(resolved, kept, stage);
  const items = [...resolved.imported, ...resolved.file.items]
    .filter((item) => (item.kind === 'param' ? kept.has(item) : item.kind !== 'import'))
    .map((item) => expander.item(item));
  return { ...resolved.file, items, comments: [] };
}

/** The params of a spec that its stages change, and those that are calculated from them. */
function paramsOfStages({ names, namesAt, train }: Resolved): ReadonlySet<Param> {
  const stages = train?.entries.filter((entry) => entry.kind === 'stage') ?? [];
  const set = new Set(stages.flatMap(({ options }) => options.map((option) => option.name.name)));
  const kept = new Set([...names.params].flatMap(([name, param]) => (set.has(name) ? [param] : [])));
  for (let before = -1; before < kept.size; ) {
    before = kept.size;
    for (const param of names.params.values()) {
      const { params } = namesAt(param.span);
      if ([...params].some(([name, other]) => kept.has(other) && mentions(param.value, name)))
        kept.add(param);
    }
  }
  return kept;
}

/** What names stand for in some place: params and loop variables; null for names that hide one. */
type Meanings = ReadonlyMap<string, Expr | null>;

class Expander {
  readonly #resolved: Resolved;
  readonly #renamed: ReadonlyMap<Shared, string>;
  readonly #params = new Map<Names, Meanings>();
  /** Null while it is being expanded: a param that uses itself is left as it is. */
  readonly #values = new Map<Param, Expr | null>();
  readonly #kept: ReadonlySet<Param>;
  readonly #stage: Stage | null;
  #steps = 0;

  constructor(resolved: Resolved, kept: ReadonlySet<Param>, stage: Stage | null) {
    this.#resolved = resolved;
    this.#kept = kept;
    this.#stage = stage;
    this.#renamed = joinedNames(resolved, kept);
  }

  /** What the params that a file declares or imports stand for. */
  #paramsAt(span: Span): Meanings {
    const names = this.#resolved.namesAt(span);
    let meanings = this.#params.get(names);
    if (!meanings) {
      const known = [...names.params].map(([name, param]) => [name, this.#meaningOf(param)] as const);
      meanings = new Map(known);
      this.#params.set(names, meanings);
    }
    return meanings;
  }

  /** What a param stands for: its value, or itself where stages change it. */
  #meaningOf(param: Param): Expr | null {
    if (!this.#kept.has(param)) return this.#valueOf(param);
    return { kind: 'ref', path: [param.name], args: null, fields: [], span: param.name.span };
  }

  #valueOf(param: Param): Expr | null {
    const before = this.#values.get(param);
    if (before !== undefined) return before;
    this.#values.set(param, null);
    const value = this.#resolved.overrides.get(param) ?? param.value;
    const { params } = this.#resolved.namesAt(param.span);
    const used = [...params].filter(([name, other]) => other !== param && mentions(value, name));
    const made = this.#expr(value, new Map(used.map(([name, other]) => [name, this.#meaningOf(other)])));
    this.#values.set(param, made);
    return made;
  }

  item(item: Item): Item {
    const params = this.#paramsAt(item.span);
    switch (item.kind) {
      case 'param':
        return { ...item, value: this.#valueOf(item) ?? item.value };
      case 'latent':
        return { ...item, distribution: this.#expr(item.distribution, params) };
      case 'data':
        return {
          ...item,
          from: this.#expr(item.from, params),
          fields: item.fields.map(({ name, type }) => ({ name, type: this.#type(type, params) })),
        };
      case 'pretrained': {
        const from = this.#expr(item.from, params);
        const { source } = this.#resolved.file;
        return {
          ...item,
          name: { ...item.name, name: this.#renamed.get(item) ?? item.name.name },
          from:
            from.kind === 'string'
              ? { ...from, value: movedPath(from.value, item.span.file, source.name) }
              : from,
          options: withDefaults(this.#options(item.options, params), pretrainedOptions, item.span),
        };
      }
      case 'sample':
        return { ...item, options: this.#options(item.options, params) };
      case 'evaluate': {
        const options = this.#options(item.options, params);
        return { ...item, options: withDefaults(options, evaluateOptions, item.span) };
      }
      case 'graph': {
        const inside = hiding(params, item.ports);
        return {
          ...item,
          name: { ...item.name, name: this.#renamed.get(item) ?? item.name.name },
          ports: this.#ports(item.ports, params, item.role),
          output: this.#output(item.output, inside),
          body: this.#body(item.body, inside),
        };
      }
      case 'loss':
        return {
          ...item,
          path: this.#path(item.path, item),
          ports: this.#ports(item.ports, params),
          value: this.#expr(item.value, hiding(params, item.ports)),
        };
      case 'train':
        return this.#train(item);
      default:
        return item;
    }
  }

  #train(train: Train): Train {
    const bindings = train.entries.filter((entry) => entry.kind === 'binding' || entry.kind === 'state');
    const inside = hiding(this.#paramsAt(train.span), bindings);
    const stage = this.#stage;
    const shown = train.entries.filter((entry) => entry.kind !== 'stage' || !stage);
    const entries = shown.map((entry) => {
      switch (entry.kind) {
        case 'option':
          return { ...entry, value: this.#expr(entry.value, inside) };
        case 'binding':
          return { ...entry, value: this.#expr(entry.value, inside) };
        case 'update': {
          const options = this.#options(entry.options, inside);
          return { ...entry, options: withDefaults(options, updateOptions, entry.span) };
        }
        case 'state': {
          const options = this.#options(entry.options, inside);
          return { ...entry, options: withDefaults(options, stateOptions, entry.span) };
        }
        default: {
          const options = this.#options(entry.options, inside);
          return { ...entry, options: withDefaults(options, stageOptions, entry.span) };
        }
      }
    });
    const written = entries.filter((entry) => entry.kind === 'option');
    const isStaged = entries.some((entry) => entry.kind === 'stage');
    const table = trainOptions.flatMap((option) => {
      if (option.name !== 'steps') return [option];
      return isStaged ? [] : [{ ...option, ...(stage && { default: stage.steps }) }];
    });
    const missing = withDefaults(written, table, train.span).slice(written.length);
    const at = entries.findLastIndex((entry) => entry.kind === 'option') + 1;
    return { ...train, entries: [...entries.slice(0, at), ...missing, ...entries.slice(at)] };
  }

  #body(body: Body, meanings: Meanings): Body {
    const inside = hiding(meanings, body.bindings);
    const { result } = body;
    return {
      ...body,
      bindings: body.bindings.map((binding) => ({ ...binding, value: this.#expr(binding.value, inside) })),
      result:
        result.kind === 'record'
          ? {
              ...result,
              fields: result.fields.map(({ name, value }) => ({ name, value: this.#expr(value, inside) })),
            }
          : this.#expr(result, inside),
    };
  }

  #options(options: readonly Option[], meanings: Meanings): readonly Option[] {
    return options.map((option) => ({ ...option, value: this.#expr(option.value, meanings) }));
  }

  #ports(ports: readonly Port[], meanings: Meanings, role: GraphRole = 'module'): readonly Port[] {
    return ports.map((port) => ({
      ...port,
      type: port.type
        ? this.#type(port.type, meanings)
        : role === 'module'
          ? null
          : this.#latentType(port.name),
      default:
        port.default &&
        (isNamed(port.type, 'layer')
          ? this.#layerValue(port.default, meanings)
          : this.#expr(port.default, meanings)),
    }));
  }

  /** The shape of a latent of another file, whose training is not taken along; null for one of the spec. */
  #latentType({ name, span }: Name): TypeExpr | null {
    const names = this.#resolved.namesAt(span);
    const latent = names === this.#resolved.names ? undefined : names.latents.get(name);
    if (latent?.distribution.kind !== 'ref') return null;
    const { args } = latent.distribution;
    const sizes = (args ?? []).filter((arg) => arg.name === null || arg.name.name === 'size');
    const expr: Expr = {
      kind: 'list',
      items: sizes.flatMap(({ value }) => (value.kind === 'list' ? value.items : [value])),
      span,
    };
    return this.#type({ kind: 'type', expr, range: null, span }, this.#paramsAt(latent.span));
  }

  #type(written: TypeExpr, meanings: Meanings): TypeExpr {
    const { expr } = written;
    const names = this.#resolved.namesAt(written.span);
    if (names !== this.#resolved.names && expr.kind === 'ref' && expr.args === null) {
      const latent = expr.path.length === 1 ? this.#latentType(expr.path[0]!) : null;
      if (latent) return latent;
      const field = names.datasets
        .get(expr.path[0]!.name)
        ?.fields.find(({ name }) => name.name === expr.path[1]?.name);
      if (field) return this.#type({ ...field.type, range: written.range ?? field.type.range }, meanings);
    }
    return this.#plainType(written, meanings);
  }

  #plainType(type: TypeExpr, meanings: Meanings): TypeExpr {
    const range = type.range && {
      ...type.range,
      items: type.range.items.map((item) => this.#expr(item, meanings)),
    };
    return { ...type, expr: this.#expr(type.expr, meanings), range };
  }

  #output(output: TypeExpr | RecordType, meanings: Meanings): TypeExpr | RecordType {
    if (output.kind === 'type') return this.#type(output, meanings);
    return {
      ...output,
      fields: output.fields.map(({ name, type }) => ({ name, type: this.#type(type, meanings) })),
    };
  }

  #expr(expr: Expr, meanings: Meanings): Expr {
    switch (expr.kind) {
      case 'list':
        return { ...expr, items: expr.items.map((item) => this.#expr(item, meanings)) };
      case 'unary':
        return { ...expr, operand: this.#expr(expr.operand, meanings) };
      case 'binary':
        return folded({
          ...expr,
          left: this.#expr(expr.left, meanings),
          right: this.#expr(expr.right, meanings),
        });
      case 'flow': {
        const steps = expr.steps.flatMap((step) => this.#step(step, meanings));
        const head = this.#expr(expr.head, meanings);
        return steps.length === 0 ? head : { ...expr, head, steps };
      }
      case 'ref':
        return meaningOf(expr, meanings) ?? this.#call(expr, meanings, 'function');
      default:
        return expr;
    }
  }

  #step(step: Step, meanings: Meanings): readonly Step[] {
    switch (step.kind) {
      case 'for': {
        const list = this.#expr(step.in, meanings);
        if (list.kind !== 'list' || !this.#mayUnroll(list.items.length * step.body.steps.length)) {
          const inside = new Map(meanings).set(step.variable.name, null);
          return [{ ...step, in: list, body: this.#chain(step.body, inside) }];
        }
        return list.items.flatMap((item) => {
          const inside = new Map(meanings).set(step.variable.name, item);
          return step.body.steps.flatMap((one) => this.#step(one, inside));
        });
      }
      case 'repeat': {
        const count = this.#expr(step.count, meanings);
        if (count.kind !== 'number' || !this.#mayUnroll(count.value * step.body.steps.length)) {
          return [{ ...step, count, body: this.#chain(step.body, meanings) }];
        }
        return Array.from({ length: count.value }, () => step.body.steps).flatMap((steps) =>
          steps.flatMap((one) => this.#step(one, meanings)),
        );
      }
      case 'per_frame':
        return [{ ...step, body: this.#chain(step.body, meanings) }];
      case 'none':
        return [step];
      case 'ref': {
        const meaning = meaningOf(step, meanings);
        if (meaning?.kind === 'none') return [meaning];
        return [this.#call(meaning?.kind === 'ref' ? meaning : step, meanings, 'step')];
      }
    }
  }

  #chain<C extends { readonly steps: readonly Step[] }>(chain: C, meanings: Meanings): C {
    return { ...chain, steps: chain.steps.flatMap((step) => this.#step(step, meanings)) };
  }

  #mayUnroll(steps: number): boolean {
    if (!(this.#steps + steps <= MAX_STEPS)) return false;
    this.#steps += steps;
    return true;
  }

  /** A call with its arguments expanded, and with the defaults that it leaves out. */
  #call(ref: Ref, meanings: Meanings, how: 'step' | 'function'): Ref {
    const name = dotted(ref.path);
    const names = this.#resolved.namesAt(ref.span);
    const found = meanings.has(ref.path[0]!.name) ? undefined : sharedNamed(ref.path, names);
    // A preset is written in the language too, and is not one of the built-in things.
    const declared = found && this.#resolved.namesAt(found.span).file ? found : undefined;
    const ports = declared?.kind === 'graph' ? declared.ports : undefined;
    const args = ref.args?.map((arg): Arg => {
      const isLayer = isNamed(
        ports?.find((port) => port.name.name === arg.name?.name)?.type ?? null,
        'layer',
      );
      const value = isLayer ? this.#layerValue(arg.value, meanings) : this.#expr(arg.value, meanings);
      return { ...arg, value };
    });
    const path = declared ? this.#path(ref.path, declared) : ref.path;
    const plain: Ref = { ...ref, path, args: args ?? null };
    const hidden = meanings.has(name) || declared !== undefined || ref.fields.length > 0;
    const named = new Set(args?.map((arg) => arg.name?.name));
    const table = hidden ? null : tableOf(name, how, named);
    if (!table || (plain.args === null && how === 'function')) return plain;
    return withArguments(plain, table.arguments, table.tensors);
  }

  /** A path that begins with a declaration, which may have a new name. */
  #path(path: readonly Name[], declared: Shared): readonly Name[] {
    const name = this.#renamed.get(declared)?.split('.')[0];
    return name === undefined ? path : [{ ...path[0]!, name }, ...path.slice(1)];
  }

  /** A layer that is handed over: `drop: dropout(0.5)`. */
  #layerValue(expr: Expr, meanings: Meanings): Expr {
    if (expr.kind !== 'ref') return this.#expr(expr, meanings);
    return meaningOf(expr, meanings) ?? this.#call(expr, meanings, 'step');
  }
}

/** What a lone name stands for. */
function meaningOf(ref: Ref, meanings: Meanings): Expr | null {
  return ref.path.length === 1 && ref.args === null ? (meanings.get(ref.path[0]!.name) ?? null) : null;
}

/** The same meanings where ports or bindings hide some. */
function hiding(
  meanings: Meanings,
  names: readonly { readonly name: { readonly name: string } }[],
): Meanings {
  const inside = new Map(meanings);
  for (const { name } of names) inside.set(name.name, null);
  return inside;
}

function isNamed(type: TypeExpr | null, name: string): boolean {
  return type?.expr.kind === 'ref' && type.expr.args === null && dotted(type.expr.path) === name;
}

/** Whether an expression uses a name anywhere. */
function mentions(value: unknown, name: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((item) => mentions(item, name));
  const ref = value as Partial<Ref>;
  if (ref.kind === 'ref' && ref.path?.[0]?.name === name) return true;
  return Object.values(value).some((child) => mentions(child, name));
}
