import { DataError } from '../data-error.ts';
import { type DatasetFacts, stringArgument } from '../dataset.ts';
import type { DecodedImage } from '../decode.ts';
import type { Examples, SourceContext } from '../examples.ts';
import { FileExamples } from '../file-examples.ts';
import { type ImageFile, listImages } from '../image-files.ts';
import { imageShape } from '../pixel-examples.ts';

/**
 * `paired("facades/sketch", "facades/photo")`: two folders whose images belong together by name, whatever their
 * kinds: `sketch/3.png` and `photo/3.jpg`. The first field declared is of the first folder.
 */
export async function openPaired(dataset: DatasetFacts, context: SourceContext): Promise<Examples> {
  const folders = ['a', 'b'].map((name) => stringArgument(dataset, name)!) as [string, string];
  if (dataset.fields.length !== 2) {
    throw new DataError(
      `${dataset.name} declares ${dataset.fields.length} fields, but paired gives two`,
      'declare one field of images for each folder, in the same order',
    );
  }
  for (const field of dataset.fields) imageShape(dataset, field);
  const [first, second] = await Promise.all(
    folders.map(async (folder) => byBaseName(await listImages(context.root, folder), folder)),
  );
  const pairs = [...first!].flatMap(([name, a]) => {
    const b = second!.get(name);
    return b ? [[a, b] as const] : [];
  });
  const alone = [
    ...[...first!.values()]
      .filter((file) => !second!.has(baseName(file)))
      .map((file) => `${folders[0]}/${file.name}`),
    ...[...second!.values()]
      .filter((file) => !first!.has(baseName(file)))
      .map((file) => `${folders[1]}/${file.name}`),
  ];
  if (pairs.length === 0) {
    throw new DataError(
      `no image in ${folders[0]} has the name of one in ${folders[1]}: there are no pairs`,
      `give partners one name, as in ${folders[0]}/1.png and ${folders[1]}/1.jpg`,
    );
  }
  if (alone.length > 0) {
    const shown = alone.slice(0, 8).join(', ') + (alone.length > 8 ? ', …' : '');
    context.warn(
      `${alone.length === 1 ? '1 image has' : `${alone.length} images have`} no partner and ` +
        `${alone.length === 1 ? 'is' : 'are'} passed over: ${shown}`,
    );
  }
  return new FileExamples(
    dataset,
    {
      size: pairs.length,
      files: (index, field) => [pairs[index]![dataset.fields.indexOf(field)]!.file],
      label: () => 0,
      fault: (index, images) => differentProportions(pairs[index]!, images),
    },
    context,
  );
}

/** The name without its ending, which partners share. */
function baseName(file: ImageFile): string {
  return file.name.replace(/\.[^./]+$/, '');
}

function byBaseName(files: readonly ImageFile[], folder: string): Map<string, ImageFile> {
  const found = new Map<string, ImageFile>();
  for (const file of files) {
    const other = found.get(baseName(file));
    if (other) {
      throw new DataError(
        `${folder} holds both ${other.name} and ${file.name}, so their partner is not clear`,
        'rename or remove one of them',
      );
    }
    found.set(baseName(file), file);
  }
  return found;
}

/** Partners may differ in size but not in proportions: cut to the same shape, they would no longer lie over each other. */
function differentProportions(
  pair: readonly [ImageFile, ImageFile],
  images: readonly DecodedImage[],
): string | null {
  const [a, b] = images as [DecodedImage, DecodedImage];
  const wanted = (a.fileWidth / a.fileHeight) * b.fileHeight;
  if (Math.abs(wanted - b.fileWidth) <= 1 || Math.abs(wanted / b.fileWidth - 1) < 0.01) return null;
  const size = (image: DecodedImage) => `${image.fileWidth}×${image.fileHeight}`;
  return `${pair[0].file} is ${size(a)} but its partner ${pair[1].file} is ${size(b)}, so they do not lie over each other`;
}
