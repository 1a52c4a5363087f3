import type { Network } from '../3-check/model.ts';
import type { Value } from '../tensor/index.ts';
import { type Flow, lowerNode } from './graph.ts';
import type { Scope } from './scope.ts';

/**
 * The passes through networks in a program. A network that is given the same values again is not run again;
 * one that draws random numbers is, unless another field of its record is asked for.
 */
export class Passes {
  readonly #scope: Scope;
  readonly #networks: ReadonlyMap<string, Network>;
  readonly #passes = new Map<string, { readonly flow: Flow; readonly given: Set<string | null> }[]>();

  constructor(scope: Scope) {
    this.#scope = scope;
    this.#networks = new Map(scope.model.networks.map((network) => [network.name, network]));
  }

  /** One output of a network. `moves` holds the networks whose moving statistics move with this pass. */
  apply(name: string, inputs: readonly Value[], output: string | null, moves: ReadonlySet<string>): Value {
    const network = this.#networks.get(name)!;
    const key = `${name}(${inputs.map(({ id }) => id).join()}) ${[...moves].join()}`;
    const passes = this.#passes.get(key) ?? [];
    this.#passes.set(key, passes);
    const isRandom = this.#isRandom(network);
    let pass = passes.find(({ given }) => !isRandom || !given.has(output));
    if (!pass) {
      pass = { flow: this.#begin(network, inputs, moves), given: new Set() };
      passes.push(pass);
    }
    pass.given.add(output);
    const { node } = network.outputs.find((field) => field.name === output) ?? network.outputs[0]!;
    return this.#scope.builder.within(name, () => lowerNode(pass.flow, node));
  }

  #begin(network: Network, inputs: readonly Value[], moves: ReadonlySet<string>): Flow {
    return {
      scope: this.#scope,
      passes: this,
      nodes: network.graph,
      ports: new Map(network.ports.map((port, index) => [port.name, inputs[index]!])),
      values: new Map(),
      network: network.name,
      moves: () => moves,
    };
  }

  #isRandom(network: Network): boolean {
    return network.graph.some(
      ({ op }) =>
        (op.kind === 'layer' && op.layer.isRandom) ||
        op.kind === 'noise' ||
        (op.kind === 'call' && this.#isRandom(this.#networks.get(op.network)!)),
    );
  }
}
