import { allNetworks, type Network } from '../3-check/model.ts';
import type { Value } from '../tensor/index.ts';
import { type Flow, lowerNode } from './graph.ts';
import { needsReference, referenceInputs } from './reference-batch.ts';
import type { Scope } from './scope.ts';

/**
 * The passes through networks in a program. A network that is given the same values again is not run again, even
 * where it draws random numbers: D(fake) is one value, however often it is written.
 */
export class Passes {
  readonly #scope: Scope;
  readonly #networks: ReadonlyMap<string, Network>;
  readonly #passes = new Map<string, Flow>();
  readonly #references = new Map<string, Flow>();

  constructor(scope: Scope) {
    this.#scope = scope;
    this.#networks = new Map(allNetworks(scope.model).map((network) => [network.name, network]));
  }

  /** One output of a network. `moves` holds the networks whose moving statistics move with this pass. */
  apply(name: string, inputs: readonly Value[], output: string | null, moves: ReadonlySet<string>): Value {
    const network = this.#networks.get(name)!;
    const key = `${name}(${inputs.map(({ id }) => id).join()}) ${[...moves].join()}`;
    const flow = this.#passes.get(key) ?? this.#begin(network, inputs, moves);
    this.#passes.set(key, flow);
    const { node } = network.outputs.find((field) => field.name === output) ?? network.outputs[0]!;
    return this.#scope.builder.within(name, () => lowerNode(flow, node));
  }

  #begin(network: Network, inputs: readonly Value[], moves: ReadonlySet<string>): Flow {
    const reference = needsReference(network) ? this.#reference(network, inputs) : null;
    return { ...this.#flow(network, inputs, moves), reference };
  }

  /** The pass over the reference batch: one in a program, and no statistics move with it. */
  #reference(network: Network, inputs: readonly Value[]): Flow {
    const known = this.#references.get(network.name);
    if (known) return known;
    const given = this.#scope.builder.within(network.name, () =>
      referenceInputs(this.#scope, network, inputs),
    );
    const flow = this.#flow(network, given, new Set());
    this.#references.set(network.name, flow);
    return flow;
  }

  #flow(network: Network, inputs: readonly Value[], moves: ReadonlySet<string>): Flow {
    return {
      scope: this.#scope,
      passes: this,
      nodes: network.graph,
      ports: new Map(network.ports.map((port, index) => [port.name, inputs[index]!])),
      values: new Map(),
      network: network.name,
      // A frozen network is always as it is when it is used: no batch statistics.
      training: this.#scope.training && network.role !== 'pretrained',
      moves: () => moves,
      reference: null,
    };
  }
}
