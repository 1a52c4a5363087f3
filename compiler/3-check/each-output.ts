import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import type { Span } from '../source/span.ts';
import { type Context, mistake } from './context.ts';
import { inWords, UNKNOWN, type Value } from './values.ts';

/**
 * What is done to the outputs of a network is done to each of them: `vgg(fake) - vgg(real)` are as many differences as
 * `vgg` has outputs. All records must have the same outputs; a list of numbers beside them has one for each. Null
 * where no value is a record.
 */
export function eachOutput(
  values: readonly Value[],
  span: Span,
  ctx: Context,
  apply: (values: readonly Value[]) => Value,
): Value | null {
  const record = values.find((value) => value.kind === 'record');
  if (record?.kind !== 'record') return null;
  if (values.some(({ kind }) => kind === 'unknown')) return UNKNOWN;
  const names = [...record.fields.keys()];
  const other = values.find((value) => !goesWith(value, names));
  if (other) {
    return mistake(ctx, argumentValue, {
      at: span,
      facts: {
        call: 'this',
        name: `each of the outputs of ${record.owner}`,
        wanted: `a partner for ${names.join(', ')}`,
        given: other.kind === 'record' ? `only ${[...other.fields.keys()].join(', ')}` : inWords(other),
      },
    });
  }
  const fields = names.map((name, index): [string, Value] => [
    name,
    apply(values.map((value) => partOf(value, name, index))),
  ]);
  if (fields.some(([, value]) => value.kind === 'unknown')) return UNKNOWN;
  return { kind: 'record', fields: new Map(fields), owner: record.owner };
}

function goesWith(value: Value, names: readonly string[]): boolean {
  if (value.kind === 'record') return [...value.fields.keys()].join() === names.join();
  const isPerOutput = value.kind === 'list' && value.items.every(({ kind }) => kind === 'number');
  return !isPerOutput || (value.kind === 'list' && value.items.length === names.length);
}

/** What stands for one output: its field, or its number of a list. */
function partOf(value: Value, name: string, index: number): Value {
  if (value.kind === 'record') return value.fields.get(name)!;
  const item = value.kind === 'list' ? value.items[index] : undefined;
  return item?.kind === 'number' ? item : value;
}
