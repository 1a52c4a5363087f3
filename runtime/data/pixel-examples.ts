import { DataError } from './data-error.ts';
import { type DatasetFacts, fieldName, rowLength } from './dataset.ts';
import type { Examples } from './examples.ts';
import { imageRange, levelTable, writeLevels } from './levels.ts';
import { fitting, type PixelStore } from './pixels.ts';

/** Examples whose images are all in memory, with a class each: MNIST, CIFAR-10, IDX files. */
export function pixelExamples(
  dataset: DatasetFacts,
  images: PixelStore,
  labels: Uint8Array | Int32Array | null,
): Examples {
  const imageLength = images.height * images.width * images.channels;
  const columns = dataset.fields.map((field) => {
    if (field.type.label !== null) {
      if (!labels) throw new DataError(`${fieldName(dataset, field)} is a label, but no labels are given`);
      return { field, labels };
    }
    const [height, width, channels] = imageShape(dataset, field);
    return {
      field,
      labels: null,
      length: rowLength(field),
      table: levelTable(imageRange(field)),
      convert: fitting(images, { height, width, channels }),
    };
  });
  return {
    size: images.count,
    read(rows, out) {
      for (const column of columns) {
        const values = out[column.field.name]!;
        for (const [row, { index }] of rows.entries()) {
          if (column.labels) {
            values[row] = column.labels[index]!;
            continue;
          }
          const { table, convert, length } = column;
          const source = images.bytes.subarray(index * imageLength, (index + 1) * imageLength);
          writeLevels(values as Float32Array, row * length, convert ? convert(source) : source, table);
        }
      }
    },
  };
}

/** Height, width and channels of a field of images. */
export function imageShape(
  dataset: DatasetFacts,
  field: DatasetFacts['fields'][number],
): [height: number, width: number, channels: number] {
  const { shape } = field.type;
  const [height, width, channels] = shape;
  if (shape.length !== 3 || (channels !== 1 && channels !== 3 && channels !== 4)) {
    throw new DataError(
      `${fieldName(dataset, field)} is [${shape.join(', ')}], but images are [height, width, channels]`,
      'use 1 channel for grey, 3 for colour, or 4 for colour with transparency',
    );
  }
  return [height!, width!, channels];
}
