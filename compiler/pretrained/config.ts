import { ModelError } from './model-error.ts';

/** JSON whose form nobody has vouched for. */
export type Json = { readonly [key: string]: unknown };

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The `config` of a layer in a model file, read key by key; what is of another kind than it must be is an error. */
export class Config {
  /** The layer, for messages. */
  readonly owner: string;
  readonly #entries: Json;

  constructor(owner: string, entries: unknown) {
    if (!isObject(entries)) throw new ModelError(`says nothing about its layer ${owner}`);
    this.owner = owner;
    this.#entries = entries;
  }

  raw(key: string): unknown {
    return this.#entries[key] ?? undefined;
  }

  /** The number under the first of the keys that is there: Keras 3 has renamed a few. */
  number(keys: string | readonly string[], fallback?: number): number {
    const key = this.#present(keys);
    const value = this.raw(key);
    if (value === undefined && fallback !== undefined) return fallback;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw this.#wrong(key, 'a number');
  }

  /** A whole number of at least 1. */
  count(key: string, fallback?: number): number {
    const value = this.number(key, fallback);
    if (Number.isSafeInteger(value) && value >= 1) return value;
    throw this.#wrong(key, 'a whole number of at least 1');
  }

  boolean(key: string, fallback: boolean): boolean {
    const value = this.raw(key) ?? fallback;
    if (typeof value === 'boolean') return value;
    throw this.#wrong(key, 'true or false');
  }

  text(key: string, fallback: string): string {
    const value = this.raw(key) ?? fallback;
    if (typeof value === 'string') return value;
    throw this.#wrong(key, 'a text');
  }

  /** Two whole numbers for the rows and columns, or one for both. */
  pair(key: string, fallback?: number | readonly [number, number]): readonly [number, number] {
    const value = this.raw(key) ?? fallback;
    const pair = Array.isArray(value) ? value : [value, value];
    if (pair.length === 2 && pair.every((size) => Number.isSafeInteger(size) && size >= 1)) {
      return pair as [number, number];
    }
    throw this.#wrong(key, 'one or two whole numbers of at least 1');
  }

  /** Pixels at the four sides: one number, one per axis, or `[[top, bottom], [left, right]]`. */
  border(key: string): readonly (readonly [number, number])[] {
    const value = this.raw(key);
    const axes = Array.isArray(value) ? value : [value, value];
    const border = axes.map((axis) => (Array.isArray(axis) ? axis : [axis, axis]));
    const isBorder =
      border.length === 2 &&
      border.every((sides) => sides.length === 2 && sides.every((n) => Number.isSafeInteger(n) && n >= 0));
    if (isBorder) return border as [number, number][];
    throw this.#wrong(key, 'a number of pixels, or [[top, bottom], [left, right]]');
  }

  /** What only another library has; leaving it out would compute something else. */
  require(key: string, allowed: readonly unknown[]): void {
    const value = this.raw(key);
    if (value === undefined || allowed.some((one) => JSON.stringify(one) === JSON.stringify(value))) return;
    throw this.#wrong(key, allowed.map((one) => JSON.stringify(one)).join(' or ') || 'left out only');
  }

  #present(keys: string | readonly string[]): string {
    if (typeof keys === 'string') return keys;
    return keys.find((key) => this.raw(key) !== undefined) ?? keys[0]!;
  }

  #wrong(key: string, wanted: string): ModelError {
    const given = (JSON.stringify(this.raw(key)) ?? 'nothing').replace(/\p{C}/gu, '?');
    const shown = given.length > 60 ? `${given.slice(0, 59)}…` : given;
    return new ModelError(`gives its layer ${this.owner} a \`${key}\` of ${shown}; it can be ${wanted}`);
  }
}
