import type { Span } from '../source/span.ts';
import type { Value } from './values.ts';

/** Names that an expression can see; an inner one hides an outer one. */
export class Scope {
  readonly #values: Map<string, Value>;
  readonly #places = new Map<string, Span>();
  readonly #outer: Scope | null;

  constructor(values: Iterable<[string, Value]> = [], outer: Scope | null = null) {
    this.#values = new Map(values);
    this.#outer = outer;
  }

  get(name: string): Value | undefined {
    return this.#values.get(name) ?? this.#outer?.get(name);
  }

  /** Where a name was bound. */
  where(name: string): Span | undefined {
    return this.#values.has(name) ? this.#places.get(name) : this.#outer?.where(name);
  }

  set(name: string, value: Value, place?: Span): void {
    this.#values.set(name, value);
    if (place) this.#places.set(name, place);
  }

  with(name: string, value: Value): Scope {
    return new Scope([[name, value]], this);
  }

  /** Every visible name and its value, inner ones first. */
  *entries(): IterableIterator<[string, Value]> {
    yield* this.#values;
    if (this.#outer) yield* this.#outer.entries();
  }
}
