const SUFFIX = ' gradient';

/** The origin of what autodiff adds for a node: that of the node, marked once however often it is differentiated. */
export function gradientOrigin(origin: string): string {
  return origin.endsWith(SUFFIX) ? origin : origin + SUFFIX;
}

/** The layer, loss or optimizer itself, whether a node computes it or its gradient. */
export function plainOrigin(origin: string): string {
  return origin.endsWith(SUFFIX) ? origin.slice(0, -SUFFIX.length) : origin;
}
