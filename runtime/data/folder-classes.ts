import { DataError } from './data-error.ts';
import type { DatasetFacts, FieldFacts } from './dataset.ts';
import type { SourceContext } from './examples.ts';
import { labelCount } from './label-count.ts';

/** Examples with their classes: every folder directly in the one that was listed is a class. */
export interface Classed<T> {
  readonly example: T;
  readonly label: number;
}

/**
 * The classes of examples in natural order, by the folders that they lie in, which number as many as `labels` declare. What
 * lies in no folder is passed over with a warning. `name` is the place of an example below the folder: `cats/7.png`.
 */
export function folderClasses<T extends { readonly name: string }>(
  examples: readonly T[],
  labels: readonly FieldFacts[],
  what: 'image' | 'clip',
  dataset: DatasetFacts,
  written: string,
  context: SourceContext,
): Classed<T>[] {
  const classes: string[] = [];
  const labelled: Classed<T>[] = [];
  const loose: T[] = [];
  // Examples are in order, so that those of one class follow each other.
  for (const example of examples) {
    const slash = example.name.indexOf('/');
    if (slash < 0) {
      loose.push(example);
      continue;
    }
    const name = example.name.slice(0, slash);
    if (classes.at(-1) !== name) classes.push(name);
    labelled.push({ example, label: classes.length - 1 });
  }
  if (classes.length === 0) {
    throw new DataError(
      `${written} has no folders, so its ${what}s have no classes`,
      `put the ${what}s of each class in a folder of their own, or leave the label out`,
    );
  }
  if (loose.length > 0) {
    context.warn(
      `${loose.length === 1 ? `1 ${what} lies` : `${loose.length} ${what}s lie`} directly in ${written} and ` +
        `so has no class (${loose[0]!.name}${loose.length > 1 ? ', …' : ''}); passed over`,
    );
  }
  for (const field of labels) {
    if (field.type.label === classes.length) continue;
    throw labelCount(dataset, field, {
      source: written,
      has: classes.length,
      counted: 'folders',
      names: classes,
    });
  }
  return labelled;
}
