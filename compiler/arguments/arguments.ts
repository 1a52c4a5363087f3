import type { Dim } from '../3-check/dim.ts';
import type { Span } from '../source/span.ts';

export type Padding = 'same' | 'valid' | readonly (readonly [before: number, after: number])[];

/** A call of a distribution or weight constraint: `normal(std: 0.02)`, `spectral_norm`. */
export interface CallValue {
  readonly name: string;
  readonly arguments: Arguments;
}

export type ArgumentValue = number | string | boolean | null | Dim | CallValue | readonly ArgumentValue[];

/** The arguments of one call: checked against its table, defaults filled in, places known. */
export class Arguments {
  readonly #values: ReadonlyMap<string, ArgumentValue>;
  readonly #spans: ReadonlyMap<string, Span>;

  constructor(values: ReadonlyMap<string, ArgumentValue>, spans: ReadonlyMap<string, Span> = new Map()) {
    this.#values = values;
    this.#spans = spans;
  }

  /** Whether the user wrote it. */
  written(name: string): boolean {
    return this.#spans.has(name);
  }

  /** Where it was written, name and value together. */
  span(name: string): Span | undefined {
    return this.#spans.get(name);
  }

  raw(name: string): ArgumentValue {
    const value = this.#values.get(name);
    if (value === undefined) throw new Error(`no argument ${name}`);
    return value;
  }

  has(name: string): boolean {
    const value = this.#values.get(name);
    return value !== undefined && value !== null;
  }

  number(name: string): number {
    return this.#as(name, 'number') as number;
  }

  boolean(name: string): boolean {
    return this.#as(name, 'boolean') as boolean;
  }

  string(name: string): string {
    return this.#as(name, 'string') as string;
  }

  /** A size, possibly still named. */
  dim(name: string): Dim {
    return this.raw(name) as Dim;
  }

  dims(name: string): readonly Dim[] {
    return this.raw(name) as readonly Dim[];
  }

  /** A size or int that is known: after module expansion all are. */
  int(name: string): number {
    const value = this.raw(name);
    if (typeof value === 'number') return value;
    const known = (value as Dim).value;
    if (known === null) throw new Error(`argument ${name} is not known yet`);
    return known;
  }

  /** An int given once or per axis, as one number per axis. */
  perAxis(name: string, axes: number): readonly number[] {
    const value = this.raw(name);
    if (Array.isArray(value)) return value as readonly number[];
    return new Array<number>(axes).fill(value as number);
  }

  ints(name: string): readonly number[] {
    return (this.raw(name) as readonly (Dim | number)[]).map((v) => (typeof v === 'number' ? v : v.value!));
  }

  padding(name: string): Padding {
    return this.raw(name) as Padding;
  }

  call(name: string): CallValue | null {
    return this.raw(name) as CallValue | null;
  }

  entries(): IterableIterator<[string, ArgumentValue]> {
    return this.#values.entries() as IterableIterator<[string, ArgumentValue]>;
  }

  #as(name: string, type: 'number' | 'boolean' | 'string'): ArgumentValue {
    const value = this.raw(name);
    if (typeof value !== type) throw new Error(`argument ${name} is not a ${type}`);
    return value;
  }
}
