import { labelCountMismatch } from '../../compiler/diagnostics/codes/label-count-mismatch.ts';
import { type FoundError, found } from '../found-error.ts';
import { DataError } from './data-error.ts';
import { type DatasetFacts, type FieldFacts, fieldName } from './dataset.ts';

/** A label of another number of classes than what was opened has. */
export function labelCount(
  dataset: DatasetFacts,
  field: FieldFacts,
  there: {
    readonly source: string;
    readonly has: number;
    readonly counted: 'folders' | 'centres' | 'labels';
    readonly names: readonly string[];
  },
): FoundError {
  const name = fieldName(dataset, field);
  return found(labelCountMismatch, name, { field: name, declared: field.type.label!, ...there });
}

/** Labels that a file lists, one for each `image` or `row`, against those that a field declares. */
export function checkLabels(
  dataset: DatasetFacts,
  field: FieldFacts,
  labels: Uint8Array | Int32Array,
  what: 'image' | 'row',
  file: string,
  warn: (message: string) => void,
): void {
  const classes = field.type.label!;
  let highest = 0;
  for (const [i, label] of labels.entries()) {
    if (label < 0)
      throw new DataError(`${file} holds the label ${label} for ${what} ${i + 1}; labels count from 0`);
    highest = Math.max(highest, label);
  }
  if (highest >= classes) {
    throw labelCount(dataset, field, { source: file, has: highest + 1, counted: 'labels', names: [] });
  }
  if (highest < classes - 1) {
    warn(
      `${fieldName(dataset, field)} is label(${classes}), but ${file} holds labels up to ${highest} only: ` +
        'what is sampled for the others was never trained',
    );
  }
}
