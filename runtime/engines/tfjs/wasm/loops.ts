import type { Term } from './expression.ts';
import type { Loop } from './loop.ts';
import { loopModule } from './loop-code.ts';
import { type Rows, rowsModule } from './rows-code.ts';
import { uniformModule } from './uniform-code.ts';

/** Takes the addresses of the output and of the inputs, or what else its code wants. */
export type LoopFunction = (...addresses: number[]) => void;

/** As much of WebAssembly as is used here; the compiler's own library of types leaves it out. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: Readonly<Record<string, unknown>> };
}

/** Functions generated for the loops of programs, over the memory of the library's own kernels. */
export class Loops {
  readonly #memory: object;
  readonly #isShared: boolean;
  readonly #known = new Map<string, LoopFunction>();

  constructor(memory: { readonly buffer: ArrayBufferLike }) {
    this.#memory = memory;
    this.#isShared = memory.buffer instanceof SharedArrayBuffer;
  }

  /** Computes `terms` at every place; see `loopModule`. */
  function(loop: Loop, terms: readonly Term[], accumulates = false): LoopFunction {
    return this.#compiled(JSON.stringify([loop, terms, accumulates]), () =>
      loopModule(loop, terms, accumulates, this.#isShared),
    );
  }

  /** Moves rows between a list and a table; see `rowsModule`. */
  rows(rows: Rows, direction: 'copy' | 'add'): LoopFunction {
    return this.#compiled(JSON.stringify([rows, direction]), () =>
      rowsModule(rows, direction, this.#isShared),
    );
  }

  /** Fills memory with random numbers; see `uniformModule`. */
  uniform(): LoopFunction {
    return this.#compiled('uniform', () => uniformModule(this.#isShared));
  }

  #compiled(key: string, code: () => Uint8Array): LoopFunction {
    let known = this.#known.get(key);
    if (!known) {
      const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
      const instance = new Instance(new Module(code()), { env: { memory: this.#memory } });
      known = instance.exports.run as LoopFunction;
      this.#known.set(key, known);
    }
    return known;
  }
}
