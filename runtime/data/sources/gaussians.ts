import { dataRangeViolated } from '../../../compiler/diagnostics/codes/data-range-violated.ts';
import type { Source } from '../../../compiler/sources/source.ts';
import { fillNormal, placeOf } from '../../../compiler/tensor/random.ts';
import { found } from '../../found-error.ts';
import { DataError } from '../data-error.ts';
import { type DatasetFacts, fieldName, numberArgument, rowLength } from '../dataset.ts';
import type { Examples, OpenSource, SourceContext } from '../examples.ts';
import { labelCount } from '../label-count.ts';
import { seedWords } from '../permutation.ts';

/**
 * Points of the plane around a few centres, the same number around each: the toy sets on which it can be counted how
 * many modes a generator found (Lin et al., "PacGAN", 2018). A field that is a label tells which centre.
 */

/** Opens `gaussians.ring()` or `gaussians.grid()`, whose definitions tell where the centres are. */
export function openGaussians(source: Source): OpenSource {
  return async (dataset, context) => {
    const byDefault = (name: string) => source.arguments.find((one) => one.name === name)!.default as number;
    const { centres, std } = source.modes!((name) => numberArgument(dataset, name) ?? byDefault(name));
    return pointsAround(centres, std, dataset, context);
  };
}

function pointsAround(
  centres: readonly (readonly number[])[],
  std: number,
  dataset: DatasetFacts,
  context: SourceContext,
): Examples {
  const size = numberArgument(dataset, 'points') ?? 100_000;
  const points = new Float32Array(2 * size);
  fillNormal(points, [...seedWords(context.seed), 0, 0], placeOf(`points of ${dataset.name}`));
  for (let i = 0; i < size; i++) {
    const [x, y] = centres[i % centres.length] as [x: number, y: number];
    points[2 * i] = x + std * points[2 * i]!;
    points[2 * i + 1] = y + std * points[2 * i + 1]!;
  }
  for (const field of dataset.fields) checkField(dataset, field, centres.length, points);
  return {
    size,
    read(rows, out) {
      for (const { name, type } of dataset.fields) {
        const values = out[name]!;
        for (const [row, { index }] of rows.entries()) {
          if (type.label !== null) values[row] = index % centres.length;
          else values.set(points.subarray(2 * index, 2 * index + 2), 2 * row);
        }
      }
    },
  };
}

function checkField(
  dataset: DatasetFacts,
  field: DatasetFacts['fields'][number],
  modes: number,
  points: Float32Array,
): void {
  const name = fieldName(dataset, field);
  const { label, range, shape } = field.type;
  if (label !== null) {
    if (label === modes) return;
    throw labelCount(dataset, field, {
      source: dataset.source.name,
      has: modes,
      counted: 'centres',
      names: [],
    });
  }
  if (rowLength(field) !== 2) {
    throw new DataError(`${name} is [${shape.join(', ')}], but points of the plane are [2]`, 'declare [2]');
  }
  const outside = points.findIndex((value) => value < range.low || value > range.high);
  if (outside >= 0) {
    const reach = Math.ceil(points.reduce((most, value) => Math.max(most, Math.abs(value)), 0));
    throw found(dataRangeViolated, name, {
      field: name,
      range,
      example: `point ${(outside >> 1) + 1} of ${dataset.source.name}`,
      value: points[outside]!,
      reach,
    });
  }
}
