import type {
  Arg,
  Body,
  Expr,
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
import { library } from '../2-resolve/library.ts';
import { trainOptions, updateOptions } from '../3-check/block-options.ts';
import type { Argument } from '../arguments/argument.ts';
import { dotted } from './expression.ts';
import { defaultExpr, folded } from './literal.ts';

/** More steps than this are left in their loop: nobody reads them. */
const MAX_STEPS = 10_000;

/**
 * The same spec with nothing left to know: params and loops written out, and every default of every layer,
 * optimizer, schedule and distribution. It compiles to the same model. Comments are lost.
 *
 * `set` holds values that take the place of those of params.
 */
export function expand(file: SpecFile, set: ReadonlyMap<string, Expr> = new Map()): SpecFile {
  const params = new Map<string, Expr>();
  for (const item of file.items) {
    if (item.kind === 'param') params.set(item.name.name, set.get(item.name.name) ?? item.value);
  }
  const expander = new Expander(file, params);
  const items = file.items.filter(({ kind }) => kind !== 'param').map((item) => expander.item(item));
  return { ...file, items, comments: [] };
}

/** What names stand for in some place: params and loop variables; null for names that hide one. */
type Meanings = ReadonlyMap<string, Expr | null>;

class Expander {
  readonly #params: Meanings;
  /** The ports of modules that take a layer: `norm: layer = batch_norm`. */
  readonly #layerPorts = new Map<string, readonly { readonly name: string; readonly isLayer: boolean }[]>();
  readonly #declared = new Set<string>();
  #steps = 0;

  constructor(file: SpecFile, params: ReadonlyMap<string, Expr>) {
    for (const item of file.items) {
      if (item.kind === 'graph') {
        const ports = item.ports.map(({ name, type }) => ({
          name: name.name,
          isLayer: isNamed(type, 'layer'),
        }));
        this.#layerPorts.set(item.name.name, ports);
        this.#declared.add(item.name.name);
      } else if (item.kind === 'loss') this.#declared.add(dotted(item.path));
    }
    // A param may use others; one that uses itself is left as it is.
    const known = new Map<string, Expr | null>();
    const resolve = (name: string): Expr | null => {
      const before = known.get(name);
      if (before !== undefined) return before;
      known.set(name, null);
      const used = new Map(
        [...params.keys()].filter((other) => other !== name).map((other) => [other, other]),
      );
      const value = params.get(name)!;
      const meanings = new Map(
        [...used.keys()].filter((other) => mentions(value, other)).map((other) => [other, resolve(other)]),
      );
      const made = this.#expr(value, meanings);
      known.set(name, made);
      return made;
    };
    this.#params = new Map([...params.keys()].map((name) => [name, resolve(name)]));
  }

  item(item: Item): Item {
    const params = this.#params;
    switch (item.kind) {
      case 'latent':
        return { ...item, distribution: this.#expr(item.distribution, params) };
      case 'data':
        return {
          ...item,
          from: this.#expr(item.from, params),
          fields: item.fields.map(({ name, type }) => ({ name, type: this.#type(type, params) })),
        };
      case 'pretrained':
      case 'sample':
      case 'evaluate':
        return { ...item, options: this.#options(item.options, params) };
      case 'graph': {
        const inside = hiding(params, item.ports);
        return {
          ...item,
          ports: this.#ports(item.ports, params),
          output: this.#output(item.output, inside),
          body: this.#body(item.body, inside),
        };
      }
      case 'loss':
        return {
          ...item,
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
    const bindings = train.entries.filter((entry) => entry.kind === 'binding');
    const inside = hiding(this.#params, bindings);
    const entries = train.entries.map((entry) => {
      switch (entry.kind) {
        case 'option':
          return { ...entry, value: this.#expr(entry.value, inside) };
        case 'binding':
          return { ...entry, value: this.#expr(entry.value, inside) };
        case 'update': {
          const options = this.#options(entry.options, inside);
          return { ...entry, options: withDefaults(options, updateOptions, entry.span) };
        }
        default:
          return { ...entry, options: this.#options(entry.options, inside) };
      }
    });
    const written = entries.filter((entry) => entry.kind === 'option');
    const missing = withDefaults(written, trainOptions, train.span).slice(written.length);
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

  #ports(ports: readonly Port[], meanings: Meanings): readonly Port[] {
    return ports.map((port) => ({
      ...port,
      type: port.type && this.#type(port.type, meanings),
      default:
        port.default &&
        (isNamed(port.type, 'layer')
          ? this.#layerValue(port.default, meanings)
          : this.#expr(port.default, meanings)),
    }));
  }

  #type(type: TypeExpr, meanings: Meanings): TypeExpr {
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
    const ports = this.#layerPorts.get(name);
    const args = ref.args?.map((arg): Arg => {
      const isLayer = ports?.find((port) => port.name === arg.name?.name)?.isLayer ?? false;
      const value = isLayer ? this.#layerValue(arg.value, meanings) : this.#expr(arg.value, meanings);
      return { ...arg, value };
    });
    const plain: Ref = { ...ref, args: args ?? null };
    const hidden = meanings.has(name) || this.#declared.has(name) || ref.fields.length > 0;
    const named = new Set(args?.map((arg) => arg.name?.name));
    const table = hidden ? null : tableOf(name, how, named);
    if (!table || (plain.args === null && how === 'function')) return plain;
    return withArguments(plain, table.arguments, table.tensors);
  }

  /** A layer that is handed over: `drop: dropout(0.5)`. */
  #layerValue(expr: Expr, meanings: Meanings): Expr {
    if (expr.kind !== 'ref') return this.#expr(expr, meanings);
    return meaningOf(expr, meanings) ?? this.#call(expr, meanings, 'step');
  }
}

/** The arguments of a built-in, and how many tensors stand before them in the parentheses; null for all. */
function tableOf(
  name: string,
  how: 'step' | 'function',
  named: ReadonlySet<string | undefined>,
): { readonly arguments: readonly Argument[]; readonly tensors: number | null } | null {
  const layer = library.layers.get(name);
  if (layer) {
    const sides = (layer.sides ?? []).filter(({ name, optional }) => !optional && !named.has(name));
    const tensors = layer.inputs === 'many' ? null : (how === 'step' ? 0 : 1) + sides.length;
    return { arguments: layer.arguments, tensors };
  }
  const penalty = library.penalties.get(name);
  if (penalty) return { arguments: penalty.arguments, tensors: 1 + penalty.tensors.length };
  const other =
    library.optimizers.get(name) ??
    library.schedules.get(name) ??
    library.distributions.get(name) ??
    library.sources.get(name);
  return other ? { arguments: other.arguments, tensors: 0 } : null;
}

function withArguments(ref: Ref, table: readonly Argument[], tensors: number | null): Ref {
  const written = ref.args ?? [];
  const placed = tensors === null ? 0 : Math.max(0, written.filter(({ name }) => !name).length - tensors);
  const isGiven = (argument: Argument, index: number) =>
    written.some(({ name }) => name?.name === argument.name) ||
    index < placed ||
    (argument.rest === true && placed > 0);
  const missing = table.flatMap((argument, index): Arg[] => {
    const value = isGiven(argument, index) ? null : defaultExpr(argument, ref.span);
    return value ? [{ name: { name: argument.name, span: ref.span }, value, span: ref.span }] : [];
  });
  return missing.length === 0 ? ref : { ...ref, args: [...written, ...missing] };
}

function withDefaults(
  options: readonly Option[],
  table: readonly Argument[],
  span: Option['span'],
): Option[] {
  const missing = table.flatMap((argument): Option[] => {
    const given = options.some(({ name }) => name.name === argument.name);
    const value = given ? null : defaultOption(argument, span);
    return value ? [{ kind: 'option', name: { name: argument.name, span }, value, span }] : [];
  });
  return [...options, ...missing];
}

/** Options write words without quotes: `draw: fresh`. */
function defaultOption(argument: Argument, span: Option['span']): Expr | null {
  const { kind, default: word } = argument;
  return kind === 'choice' && typeof word === 'string'
    ? { kind: 'ref', path: [{ name: word, span }], args: null, fields: [], span }
    : defaultExpr(argument, span);
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
