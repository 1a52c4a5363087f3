import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { labelCountMismatch } from '../diagnostics/codes/label-count-mismatch.ts';
import { replaceFix } from '../diagnostics/fixes.ts';
import type { SourceField } from '../sources/source.ts';
import { type Context, mistake } from './context.ts';
import type { Dataset } from './model.ts';

/**
 * Compares the labels that a dataset declares with those that its source gives, in the order of the fields.
 * Sizes are the business of whoever opens the files: images are made to fit.
 */
export function labelsFit({ name, source, fields }: Dataset, ctx: Context): boolean {
  for (const [index, { name: field, type, span }] of fields.entries()) {
    const gives = source.gives[index];
    if (!gives || fits(gives, type.label)) continue;
    if (gives.kind === 'label' && gives.classes !== undefined && type.label !== null) {
      mistake(ctx, labelCountMismatch, {
        at: span,
        facts: {
          field: `${name}.${field}`,
          declared: type.label,
          source: source.name,
          has: gives.classes,
          counted: 'classes',
          names: [],
        },
        fixes: [replaceFix(`Declare label(${gives.classes})`, span, `label(${gives.classes})`, true)],
      });
      return false;
    }
    const given = type.label === null ? `[${type.shape.join(', ')}]` : `label(${type.label})`;
    mistake(ctx, argumentValue, {
      at: span,
      facts: { call: name, name: field, wanted: inWords(gives), given },
    });
    return false;
  }
  return true;
}

function fits(gives: SourceField, classes: number | null): boolean {
  if (gives.kind !== 'label') return classes === null;
  return classes !== null && (gives.classes === undefined || classes === gives.classes);
}

function inWords(gives: SourceField): string {
  if (gives.kind === 'video') return 'a clip';
  if (gives.kind === 'vector') return `a vector [${gives.size}]`;
  if (gives.kind === 'image') return 'an image';
  return gives.classes === undefined ? 'a label, such as label(10)' : `label(${gives.classes})`;
}
