import type { Term } from './expression.ts';
import type { Loop } from './loop.ts';
import { loopModule } from './loop-code.ts';

/** Takes the addresses of the output and of the inputs. */
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

  function(loop: Loop, terms: readonly Term[]): LoopFunction {
    const key = JSON.stringify([loop, terms]);
    let known = this.#known.get(key);
    if (!known) {
      const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
      const module = new Module(loopModule(loop, terms, this.#isShared));
      const instance = new Instance(module, { env: { memory: this.#memory } });
      known = instance.exports.run as LoopFunction;
      this.#known.set(key, known);
    }
    return known;
  }
}
