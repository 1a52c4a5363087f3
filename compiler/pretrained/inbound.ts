import { isObject } from './config.ts';
import { ModelError } from './model-error.ts';

/** The result of one use of a layer. */
export interface Reference {
  readonly layer: string;
  /** Which use of it. */
  readonly index: number;
}

/**
 * `inbound_nodes` of a layer: what each of its uses takes. Keras 2 writes `[[["conv1", 0, 0, {}]]]`; Keras 3 the
 * arguments of the call, with tensors among them as `{"keras_history": ["conv1", 0, 0]}`. An input takes nothing,
 * once.
 */
export function callsOf(layer: string, inbound: unknown): readonly (readonly Reference[])[] {
  if (!Array.isArray(inbound) || inbound.length === 0) return [[]];
  return inbound.map((node: unknown) => {
    if (isObject(node)) return [...tensorsIn(layer, node.args, 0)];
    if (!Array.isArray(node)) throw unclear(layer);
    return node.map((ref) => reference(layer, ref));
  });
}

function* tensorsIn(layer: string, value: unknown, depth: number): Iterable<Reference> {
  if (depth > 4) throw unclear(layer);
  if (Array.isArray(value)) {
    for (const item of value) yield* tensorsIn(layer, item, depth + 1);
  } else if (isObject(value) && value.class_name === '__keras_tensor__' && isObject(value.config)) {
    yield reference(layer, value.config.keras_history);
  }
}

function reference(layer: string, value: unknown): Reference {
  if (!Array.isArray(value) || typeof value[0] !== 'string' || !Number.isSafeInteger(value[1])) {
    throw unclear(layer);
  }
  if (value[2] !== 0) throw new ModelError(`gives its layer ${layer} a further output of ${value[0]}`);
  return { layer: value[0], index: value[1] as number };
}

function unclear(layer: string): ModelError {
  return new ModelError(`does not say what its layer ${layer} is given`);
}
