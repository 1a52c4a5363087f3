import { fillNormal, placeOf } from '../../../compiler/tensor/random.ts';
import { DataError } from '../data-error.ts';
import { type DatasetFacts, fieldName, numberArgument, rowLength } from '../dataset.ts';
import type { Examples, SourceContext } from '../examples.ts';
import { seedWords } from '../permutation.ts';

/**
 * Points of the plane around a few centres, the same number around each: the toy sets on which it can be counted how
 * many modes a generator found (Lin et al., "PacGAN", 2018). A field that is a label tells which centre.
 */

/** `gaussians.ring()`: by default 8 centres on the unit circle, standard deviation 0.01. */
export async function openRing(dataset: DatasetFacts, context: SourceContext): Promise<Examples> {
  const modes = numberArgument(dataset, 'modes') ?? 8;
  const radius = numberArgument(dataset, 'radius') ?? 1;
  const centres = Array.from({ length: modes }, (_, i) => {
    const angle = (2 * Math.PI * i) / modes;
    return [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
  });
  return pointsAround(centres, numberArgument(dataset, 'std') ?? 0.01, dataset, context);
}

/** `gaussians.grid()`: by default 5 × 5 centres at distances of 2 around the origin, standard deviation 0.05. */
export async function openGrid(dataset: DatasetFacts, context: SourceContext): Promise<Examples> {
  const side = numberArgument(dataset, 'side') ?? 5;
  const spacing = numberArgument(dataset, 'spacing') ?? 2;
  const along = (i: number) => (i - (side - 1) / 2) * spacing;
  const centres = Array.from(
    { length: side * side },
    (_, i) => [along(i % side), along(Math.floor(i / side))] as const,
  );
  return pointsAround(centres, numberArgument(dataset, 'std') ?? 0.05, dataset, context);
}

function pointsAround(
  centres: readonly (readonly [x: number, y: number])[],
  std: number,
  dataset: DatasetFacts,
  context: SourceContext,
): Examples {
  const size = numberArgument(dataset, 'points') ?? 100_000;
  const points = new Float32Array(2 * size);
  fillNormal(points, [...seedWords(context.seed), 0, 0], placeOf(`points of ${dataset.name}`));
  for (let i = 0; i < size; i++) {
    const [x, y] = centres[i % centres.length]!;
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
    throw new DataError(
      `${name} is label(${label}), but ${dataset.source.name} has ${modes} centres`,
      `declare label(${modes})`,
      'label-count-mismatch',
    );
  }
  if (rowLength(field) !== 2) {
    throw new DataError(`${name} is [${shape.join(', ')}], but points of the plane are [2]`, 'declare [2]');
  }
  const outside = points.findIndex((value) => value < range.low || value > range.high);
  if (outside >= 0) {
    const reach = Math.ceil(points.reduce((most, value) => Math.max(most, Math.abs(value)), 0));
    throw new DataError(
      `${name} is declared in [${range.low}, ${range.high}], but point ${(outside >> 1) + 1} of ` +
        `${dataset.source.name} has the value ${points[outside]!.toPrecision(3)}`,
      `declare [2] in [-${reach}, ${reach}], or no range`,
      'data-range-violated',
    );
  }
}
