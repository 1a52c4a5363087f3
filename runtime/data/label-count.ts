import { labelCountMismatch } from '../../compiler/diagnostics/codes/label-count-mismatch.ts';
import { type FoundError, found } from '../found-error.ts';
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
