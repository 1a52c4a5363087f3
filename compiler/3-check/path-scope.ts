/**
 * Names for weights: network / binding / module or layer, each unique where it stands. The second `Up` of a
 * body is `up.2`; one with a key is found under that, `up[64]`, wherever in the body it stands.
 */
export class PathScope {
  readonly prefix: string;
  /** The scope of the network or module whose body this is a part of. */
  readonly #body: PathScope;
  readonly #counts = new Map<string, number>();

  constructor(prefix: string, body: PathScope | null = null) {
    this.prefix = prefix;
    this.#body = body ?? this;
  }

  /** The next free path for something of that name. */
  claim(name: string): string {
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    return `${this.prefix}/${count === 1 ? name : `${name}.${count}`}`;
  }

  /** The next free path for a module with a key: its bindings may change from stage to stage, its key does not. */
  claimKeyed(name: string, key: string): string {
    return this.#body.claim(`${name}[${key}]`);
  }

  /** For what is bound to a name. */
  binding(name: string): PathScope {
    return new PathScope(this.claim(name), this.#body);
  }
}

/** `ResUp` as a part of a path: `res_up`. */
export function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
