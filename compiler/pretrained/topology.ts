import { Config, isObject, type Json } from './config.ts';
import { callsOf } from './inbound.ts';
import { ModelError } from './model-error.ts';

/** Uses of layers in a model, those in models within models counted; a file may say anything. */
const MOST_LAYERS = 5_000;
const DEEPEST = 16;

/** A model as its file describes it: uses of layers, models within models taken apart. */
export interface Topology {
  readonly uses: ReadonlyMap<string, LayerUse>;
  /** The use that stands for what the model is given. */
  readonly input: string;
  /** The sizes of its input, the batch left out; null where the file leaves one open or says nothing. */
  readonly inputShape: readonly (number | null)[] | null;
  readonly output: string;
  /** The use in which each layer is first used, by the layer's name, in the order of the file. */
  readonly layers: ReadonlyMap<string, string>;
}

export interface LayerUse {
  /** The name of the layer: `block1_conv1`. */
  readonly layer: string;
  /** `Conv2D` */
  readonly className: string;
  readonly config: Config;
  /** The uses whose results it takes. */
  readonly inputs: readonly string[];
}

/** A layer in the list of a model, before its place in the graph is known. */
interface Entry {
  readonly name: string;
  readonly className: string;
  readonly config: Json;
  readonly inbound: unknown;
}

/** Reads `modelTopology`, as Keras 2, Keras 3 and TensorFlow.js itself write it. Throws `ModelError`. */
export function readTopology(json: unknown): Topology {
  const whole = isObject(json) && isObject(json.model_config) ? json.model_config : json;
  if (!isObject(whole) || typeof whole.class_name !== 'string') {
    throw new ModelError('does not describe its layers', 'convert the model to the tfjs_layers_model format');
  }
  const flat = new Flattener();
  const { inputs, outputs } = flat.model(whole.class_name, whole.config, '', null, 0);
  if (inputs.length !== 1 || outputs.length !== 1) {
    const count = `${inputs.length} inputs and ${outputs.length} outputs`;
    throw new ModelError(`has ${count}; a model with one of each can be used`);
  }
  return {
    uses: flat.uses,
    layers: flat.layers,
    input: inputs[0]!,
    inputShape: flat.inputShape,
    output: outputs[0]!,
  };
}

/** Where a model begins and ends among the uses of layers. */
interface Ends {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

class Flattener {
  readonly uses = new Map<string, LayerUse>();
  readonly layers = new Map<string, string>();
  inputShape: readonly (number | null)[] | null = null;

  /** Takes a model apart. `given` are the uses that an inner model is given; null for the outermost. */
  model(
    className: string,
    config: unknown,
    prefix: string,
    given: readonly string[] | null,
    depth: number,
  ): Ends {
    if (depth > DEEPEST) throw new ModelError(`holds models within models, more than ${DEEPEST} deep`);
    const list = entriesOf(config);
    if (className === 'Sequential') return this.#sequence(list, prefix, given, depth);
    if (className === 'Model' || className === 'Functional') {
      return this.#graph(list, config as Json, prefix, given, depth);
    }
    throw new ModelError(`is a ${className}; Sequential and functional models can be read`);
  }

  #sequence(list: readonly Entry[], prefix: string, given: readonly string[] | null, depth: number): Ends {
    if (list.length === 0) throw new ModelError('has a Sequential model without layers');
    let last = given;
    if (last === null && list[0]!.className !== 'InputLayer') {
      last = [this.#add('input', 'InputLayer', firstConfig(list[0]!), `${prefix}input`, [])];
    }
    const inputs = last ?? [`${prefix}${list[0]!.name}`];
    for (const entry of list) {
      if (entry.className === 'InputLayer' && last !== null) continue;
      last = [this.#use(entry, `${prefix}${entry.name}`, last ?? [], depth)];
    }
    return { inputs, outputs: last! };
  }

  #graph(
    list: readonly Entry[],
    config: Json,
    prefix: string,
    given: readonly string[] | null,
    depth: number,
  ): Ends {
    const calls = new Map(list.map((entry) => [entry.name, callsOf(entry.name, entry.inbound)] as const));
    const ends = (key: string) => referencesIn(config[key]).map(({ layer, index }) => ({ layer, index }));
    const inputs = ends('input_layers');
    const made = new Map<string, string>();
    for (const [place, { layer }] of inputs.entries()) {
      const use = given?.[place];
      if (use !== undefined) made.set(`${layer} 0`, use);
    }
    // In an order in which every use comes after its inputs: the file may have any other.
    const open = list.flatMap((entry) =>
      calls.get(entry.name)!.map((refs, index) => ({ entry, refs, index })),
    );
    if (open.length > MOST_LAYERS) throw tooMany();
    const isModel = new Map(list.map(({ name, config: own }) => [name, 'layers' in own]));
    const find = ({ layer, index }: { layer: string; index: number }): string | undefined => {
      const known = calls.get(layer);
      if (!known) throw new ModelError(`refers to a layer ${layer} that it does not have`);
      // A model counts its own making as the first of its uses.
      const at = known.length === 1 ? 0 : index - (isModel.get(layer) ? 1 : 0);
      return made.get(`${layer} ${at}`);
    };
    for (let waiting = open; waiting.length > 0; ) {
      const rest = waiting.filter(({ entry, refs, index }) => {
        const key = `${entry.name} ${index}`;
        if (made.has(key)) return false;
        const from = refs.map(find);
        if (from.some((use) => use === undefined)) return true;
        const id = `${prefix}${entry.name}${index === 0 ? '' : `#${index}`}`;
        made.set(key, this.#use(entry, id, from as string[], depth));
        return false;
      });
      if (rest.length === waiting.length) {
        throw new ModelError(`has layers that wait for one another, such as ${rest[0]!.entry.name}`);
      }
      waiting = rest;
    }
    const outputs = ends('output_layers').map((end) => find(end)!);
    return { inputs: inputs.map(({ layer }) => made.get(`${layer} 0`)!), outputs };
  }

  /** Adds one use of a layer, or all those of an inner model; gives the use whose result it is. */
  #use({ name, className, config }: Entry, id: string, inputs: readonly string[], depth: number): string {
    if (!('layers' in config)) return this.#add(name, className, config, id, inputs);
    const { outputs } = this.model(className, config, `${id}/`, inputs, depth + 1);
    if (outputs.length !== 1) throw new ModelError(`has an inner model ${name} of ${outputs.length} outputs`);
    if (!this.layers.has(name)) this.layers.set(name, outputs[0]!);
    return outputs[0]!;
  }

  #add(layer: string, className: string, config: Json, id: string, inputs: readonly string[]): string {
    if (this.uses.size >= MOST_LAYERS) throw tooMany();
    this.uses.set(id, { layer, className, config: new Config(layer, config), inputs });
    if (!this.layers.has(layer)) this.layers.set(layer, id);
    if (className === 'InputLayer') this.inputShape ??= shapeIn(config);
    return id;
  }
}

function tooMany(): ModelError {
  return new ModelError(`has more than ${MOST_LAYERS.toLocaleString('en-US')} layers`);
}

/** The layers of a model, in the order of the file. Keras once wrote a Sequential as a bare list of them. */
function entriesOf(config: unknown): Entry[] {
  const list = Array.isArray(config) ? config : isObject(config) ? config.layers : undefined;
  if (!Array.isArray(list)) throw new ModelError('does not list its layers');
  return list.map((entry: unknown, place) => {
    if (!isObject(entry) || typeof entry.class_name !== 'string') {
      throw new ModelError(`does not say what its layer ${place + 1} is`);
    }
    const config = Array.isArray(entry.config) ? { layers: entry.config } : entry.config;
    if (!isObject(config)) throw new ModelError(`says nothing about its layer ${place + 1}`);
    const name = entry.name ?? config.name ?? `${entry.class_name}_${place + 1}`;
    if (!isPlain(name) || !isPlain(entry.class_name)) {
      throw new ModelError(`has a layer ${place + 1} whose name is not a short plain text`);
    }
    return { name, className: entry.class_name, config, inbound: entry.inbound_nodes };
  });
}

/** A text that can stand in a message and in a path. */
function isPlain(name: unknown): name is string {
  return typeof name === 'string' && /^[^\p{C}]{1,200}$/u.test(name);
}

/** The layer that says what a Sequential takes, where no InputLayer does: the first, or the first in it. */
function firstConfig({ config }: Entry): Json {
  const [first] = 'layers' in config ? entriesOf(config) : [];
  return first ? firstConfig(first) : config;
}

/** Keras 2 says `batch_input_shape`, Keras 3 `batch_shape`. */
function shapeIn(config: Json): readonly (number | null)[] | null {
  const shape = config.batch_input_shape ?? config.batch_shape;
  if (!Array.isArray(shape)) return null;
  const isShape = shape.every((size) => size === null || (Number.isSafeInteger(size) && size >= 1));
  if (!isShape || shape.length < 2) throw new ModelError(`takes an input of ${JSON.stringify(shape)}`);
  return shape.slice(1) as (number | null)[];
}

/** `[["input_1", 0, 0]]`, or with Keras 3 `["input_1", 0, 0]` where there is one. */
function referencesIn(value: unknown): { readonly layer: string; readonly index: number }[] {
  const list = Array.isArray(value) && typeof value[0] === 'string' ? [value] : value;
  if (!Array.isArray(list)) throw new ModelError('does not say where it begins and ends');
  return list.map((ref: unknown) => {
    if (!Array.isArray(ref) || typeof ref[0] !== 'string' || !Number.isSafeInteger(ref[1])) {
      throw new ModelError('does not say where it begins and ends');
    }
    return { layer: ref[0], index: ref[1] as number };
  });
}
