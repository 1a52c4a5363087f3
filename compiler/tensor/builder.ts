import { type Attributes, type Primitive, ProgramError } from './primitive.ts';
import type { DType, Node, Program, ProgramInput, StateVariable } from './program.ts';

/** A value of a program under construction. Immutable; its builder knows how it was made. */
export interface Value {
  readonly builder: Builder;
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/**
 * Builds one program. Primitives are functions in `primitives/` that find the builder in their inputs:
 * `add(x, mul(y, 2))`. Only what has no input (constants, state, inputs, random numbers) takes it first.
 */
export class Builder {
  readonly name: string;
  readonly nodes: Node[] = [];
  readonly inputs: ProgramInput[] = [];
  readonly outputs: { name: string; value: number }[] = [];
  readonly updates: { path: string; value: number }[] = [];
  /** State that this program reads or writes. */
  readonly state = new Map<string, StateVariable>();
  /** Where in `updates` a path stands: a deep network has tens of thousands. */
  private readonly updateOf = new Map<string, number>();
  private readonly made = new Map<string, Value>();
  /** Stamped on every node made from now on; see `within`. */
  origin = '';

  constructor(name: string) {
    this.name = name;
  }

  /** Runs `body` with `origin` stamped on all that it makes. */
  within<T>(origin: string, body: () => T): T {
    const before = this.origin;
    this.origin = origin;
    try {
      return body();
    } finally {
      this.origin = before;
    }
  }

  /** Appends one application of a primitive. */
  apply<A extends Attributes>(primitive: Primitive<A>, inputs: readonly Value[], attributes: A): Value {
    for (const input of inputs) {
      if (input.builder !== this) {
        throw new ProgramError(`${primitive.name} mixes values of ${this.name} and ${input.builder.name}`);
      }
    }
    const { shape, dtype } = primitive.infer(inputs, attributes);
    return this.append({
      op: primitive.name,
      inputs: inputs.map((value) => value.id),
      attributes,
      shape,
      dtype,
      origin: this.origin,
    });
  }

  /** The value that `make` gave when this was first asked under `key`: what is read twice is one node. */
  once(key: string, make: () => Value): Value {
    const known = this.made.get(key);
    if (known) return known;
    const value = make();
    this.made.set(key, value);
    return value;
  }

  /** Appends a node whose shape is already known to be right. */
  append(node: Node): Value {
    const id = this.nodes.length;
    this.nodes.push(node);
    return { builder: this, id, shape: node.shape, dtype: node.dtype };
  }

  /** The value of node `id`. */
  value(id: number): Value {
    const node = this.nodes[id]!;
    return { builder: this, id, shape: node.shape, dtype: node.dtype };
  }

  /** The number of a splat constant, else null: lets a gradient take the short way, as for x ** 2. */
  constantOf(value: Value): number | null {
    const node = this.nodes[value.id]!;
    return node.op === 'constant' && typeof node.attributes.value === 'number' ? node.attributes.value : null;
  }

  output(name: string, value: Value): void {
    this.outputs.push({ name, value: value.id });
  }

  /** Writes `value` to the state after the program has run; the last write of a path wins. */
  assign(path: string, value: Value): void {
    const at = this.updateOf.get(path) ?? this.updates.length;
    this.updateOf.set(path, at);
    this.updates[at] = { path, value: value.id };
  }

  /** The value that `path` will have after this program: what was assigned so far, else nothing. */
  assigned(path: string): Value | null {
    const at = this.updateOf.get(path);
    return at === undefined ? null : this.value(this.updates[at]!.value);
  }

  finish(): Program {
    const { name, inputs, nodes, outputs, updates } = this;
    return { name, inputs, nodes, outputs, updates };
  }
}
