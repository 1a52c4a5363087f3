import { readFile, stat } from 'node:fs/promises';
import { type UnzipFileInfo, unzipSync } from 'fflate';
import { dataRangeViolated } from '../../../compiler/diagnostics/codes/data-range-violated.ts';
import { found } from '../../found-error.ts';
import { DataError } from '../data-error.ts';
import { type DatasetFacts, type FieldFacts, fieldName, rowLength, stringArgument } from '../dataset.ts';
import type { Examples, SourceContext } from '../examples.ts';
import { checkLabels } from '../label-count.ts';
import { imageRange, levelTable, writeLevels } from '../levels.ts';
import { type NpyFile, parseNpy } from '../npy-file.ts';

/** Larger files are refused: they are held in memory as a whole. */
const MOST_BYTES = 2 ** 31;

/** Deflate makes at most 1,032 bytes out of one. */
const MOST_EXPANSION = 1032;

/** `npz("data/speech.npz")`: each field is the array of its name. */
export async function openNpz(dataset: DatasetFacts, context: SourceContext): Promise<Examples> {
  const written = stringArgument(dataset, 'path')!;
  const arrays = await readNpz(context.root.resolve(written), written);
  const columns = dataset.fields.map((field) => {
    const array = arrays(fieldName(dataset, field), field.name);
    const place = `${field.name} of ${written}`;
    if (field.type.label !== null)
      checkLabels(dataset, field, labelsOf(array, place), 'row', place, context.warn);
    else checkNumbers(dataset, field, array, place);
    return { field, array, table: levelTable(imageRange(field)) };
  });
  const [first] = columns;
  const size = first!.array.shape[0]!;
  const other = columns.find(({ array }) => array.shape[0] !== size);
  if (other) {
    throw new DataError(
      `${written} has ${size} examples of ${first!.field.name}, but ${other.array.shape[0]} of ${other.field.name}`,
      'examples at one place belong together: write as many of each',
    );
  }
  return {
    size,
    read(rows, out) {
      for (const { field, array, table } of columns) {
        const values = out[field.name]!;
        const length = rowLength(field);
        for (const [row, { index }] of rows.entries()) {
          const example = array.values.subarray(index * length, (index + 1) * length);
          if (example instanceof Uint8Array && values instanceof Float32Array)
            writeLevels(values, row * length, example, table);
          else values.set(example, row * length);
        }
      }
    },
  };
}

/** The arrays of a file by name. Each is unpacked when it is asked for, and no others are. */
async function readNpz(file: string, written: string): Promise<(field: string, name: string) => NpyFile> {
  const info = await stat(file);
  if (!info.isFile()) throw new DataError(`${file} is a folder, but a .npz file is wanted`);
  if (info.size > MOST_BYTES) throw tooLarge(file);
  const bytes = await readFile(file);
  return (field, name) => {
    const names: string[] = [];
    const filter = (part: UnzipFileInfo) => {
      names.push(part.name.replace(/\.npy$/, ''));
      if (part.name !== `${name}.npy`) return false;
      if (part.originalSize > MOST_BYTES) throw tooLarge(file);
      return part.originalSize <= part.size * MOST_EXPANSION;
    };
    let part: Uint8Array | undefined;
    try {
      part = unzipSync(bytes, { filter })[`${name}.npy`];
    } catch (error) {
      if (error instanceof DataError) throw error;
      throw new DataError(`${written} is no .npz file, or is cut short`, 'write it with numpy.savez');
    }
    if (part) return parseNpy(part, `${name} of ${written}`);
    throw new DataError(
      `${field} is the array ${name} of ${written}, which holds ${names.join(', ') || 'none'}`,
      `name the field as the array is, or write it: numpy.savez("${written}", ${name}=…)`,
    );
  };
}

function tooLarge(file: string): DataError {
  return new DataError(`${file} holds more than ${MOST_BYTES / 2 ** 30} GiB, which are not read`);
}

function labelsOf({ shape, values }: NpyFile, place: string): Int32Array {
  const broken = values.findIndex((value) => !Number.isInteger(value));
  if (shape.length !== 1 || broken >= 0) {
    throw new DataError(
      `${place} holds ${broken >= 0 ? values[broken] : `[${shape.join(', ')}]`}, but labels are a plain list of whole numbers`,
      'write the number of the class of each example, from 0',
    );
  }
  return Int32Array.from(values);
}

/** Refuses what has another shape than the field, and numbers beyond the range of it. */
function checkNumbers(
  dataset: DatasetFacts,
  field: FieldFacts,
  { shape, values }: NpyFile,
  place: string,
): void {
  const name = fieldName(dataset, field);
  const wanted = field.type.shape;
  const given = shape.slice(1);
  const fits = [given, [...given, 1]].some((sizes) => sizes.join() === wanted.join());
  if (shape.length === 0 || !fits) {
    throw new DataError(
      `${name} is [${wanted.join(', ')}], but ${place} is [${shape.join(', ')}], with the examples along the first axis`,
      shape.length === 0
        ? 'write an array'
        : `declare [${given.join(', ')}], or write [${[shape[0], ...wanted].join(', ')}]`,
    );
  }
  if (shape[0] === 0) throw new DataError(`${place} holds no examples`);
  if (values instanceof Uint8Array) return;
  const rowOf = (at: number) => `row ${Math.floor(at / rowLength(field)) + 1} of ${place}`;
  const broken = values.findIndex((value) => !Number.isFinite(value));
  if (broken >= 0) throw new DataError(`${rowOf(broken)} holds ${values[broken]}`, 'leave such examples out');
  const { range } = field.type;
  const outside = values.findIndex((value) => value < range.low || value > range.high);
  if (outside < 0) return;
  const reach = Math.ceil(values.reduce((most, value) => Math.max(most, Math.abs(value)), 0));
  const facts = { field: name, range, example: rowOf(outside), value: values[outside]!, reach };
  throw found(dataRangeViolated, name, facts);
}
