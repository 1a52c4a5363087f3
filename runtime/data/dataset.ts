/** What the loader must know of a dataset that a spec declares; the checker's datasets are of this form. */
export interface DatasetFacts {
  /** `faces` */
  readonly name: string;
  /** `folder`, `gaussians.ring` */
  readonly source: { readonly name: string };
  readonly args: { has(name: string): boolean; raw(name: string): unknown };
  /** In the order declared. */
  readonly fields: readonly FieldFacts[];
}

export interface FieldFacts {
  readonly name: string;
  readonly type: {
    /** Without the batch; `[height, width, channels]` for an image, `[]` for a label. */
    readonly shape: readonly number[];
    readonly range: { readonly low: number; readonly high: number };
    /** The number of classes when it is a label, else null. */
    readonly label: number | null;
  };
}

/** The values of a batch by field, examples one after the other, channels last. Labels are whole numbers. */
export type Batch = Record<string, Float32Array | Int32Array>;

/** How many numbers one example of a field takes. */
export function rowLength(field: FieldFacts): number {
  return field.type.shape.reduce((product, size) => product * size, 1);
}

/** The place of a field in messages: `faces.image`. */
export function fieldName(dataset: DatasetFacts, field: FieldFacts): string {
  return `${dataset.name}.${field.name}`;
}

/** A string argument, or null where it was left out. */
export function stringArgument(dataset: DatasetFacts, name: string): string | null {
  if (!dataset.args.has(name)) return null;
  const value = dataset.args.raw(name);
  return typeof value === 'string' ? value : null;
}

/** A number argument, or null where it was left out. A whole number may come as a size that the checker computed. */
export function numberArgument(dataset: DatasetFacts, name: string): number | null {
  if (!dataset.args.has(name)) return null;
  const given = dataset.args.raw(name);
  const value = typeof given === 'object' && given !== null && 'value' in given ? given.value : given;
  return typeof value === 'number' ? value : null;
}
