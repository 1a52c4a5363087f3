import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import type { SourceField } from '../sources/source.ts';
import { type Context, mistake } from './context.ts';
import type { Dataset, TensorType } from './model.ts';

/** Compares the fields that a dataset declares with those that its source gives, in their order. */
export function fieldsFit({ name, source, fields }: Dataset, ctx: Context): boolean {
  for (const [index, { name: field, type, span }] of fields.entries()) {
    const gives = source.gives[index];
    if (gives && fits(gives, type)) continue;
    const wanted = gives
      ? inWords(gives)
      : `${source.gives.length} fields: ${source.gives.map(inWords).join(', then ')}`;
    mistake(ctx, argumentValue, {
      at: span,
      facts: { call: name, name: field, wanted, given: gives ? typeInWords(type) : 'one more' },
    });
    return false;
  }
  return true;
}

function fits(gives: SourceField, { shape, label }: TensorType): boolean {
  switch (gives.kind) {
    case 'image':
      return label === null && shape.length === 3;
    case 'video':
      return label === null && shape.length === 4;
    case 'vector':
      return label === null && shape.length === 1 && shape[0] === gives.size;
    case 'label':
      return label !== null && (gives.classes === undefined || label === gives.classes);
  }
}

function inWords(gives: SourceField): string {
  switch (gives.kind) {
    case 'image':
      return 'an image [height, width, channels]';
    case 'video':
      return 'a clip [frames, height, width, channels]';
    case 'vector':
      return `a vector [${gives.size}]`;
    case 'label':
      return gives.classes === undefined ? 'a label, such as label(10)' : `label(${gives.classes})`;
  }
}

function typeInWords({ shape, label }: TensorType): string {
  return label === null ? `[${shape.join(', ')}]` : `label(${label})`;
}
