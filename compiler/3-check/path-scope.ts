/**
 * Names for weights: network / binding / module or layer, each unique where it stands. The second `Up` of a
 * body is `up.2`.
 */
export class PathScope {
  readonly prefix: string;
  readonly #counts = new Map<string, number>();

  constructor(prefix: string) {
    this.prefix = prefix;
  }

  /** The next free path for something of that name. */
  claim(name: string): string {
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    return `${this.prefix}/${count === 1 ? name : `${name}.${count}`}`;
  }
}

/** `ResUp` as a part of a path: `res_up`. */
export function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
