/** Where the state of a training run lies, beside the weights themselves, which lie under their own paths. */

/** `ema/G/dense/kernel`: the averaged copy of a weight. */
export function averagePath(weight: string): string {
  return `ema/${weight}`;
}

/** `adam/G/dense/kernel/m`: what an optimizer keeps for a weight. */
export function slotPath(optimizer: string, weight: string, slot: string): string {
  return `${optimizer}/${weight}/${slot}`;
}

/** `G/reference/z`: what a network is given in its pass over the reference batch. */
export function referencePath(network: string, port: string): string {
  return `${network}/reference/${port}`;
}

/** `D/conv2d/kernel/spectral_norm/u`: what a constraint keeps for a weight. */
export function constraintPath(weight: string, constraint: string, name: string): string {
  return `${weight}/${constraint}/${name}`;
}

/** `state/k`: a number that training carries along. */
export function carriedPath(state: string): string {
  return `state/${state}`;
}
