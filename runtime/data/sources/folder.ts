import { DataError } from '../data-error.ts';
import { type DatasetFacts, stringArgument } from '../dataset.ts';
import type { Examples, SourceContext } from '../examples.ts';
import { FileExamples } from '../file-examples.ts';
import { type ImageFile, listImages } from '../image-files.ts';
import { labelCount } from '../label-count.ts';
import { imageShape } from '../pixel-examples.ts';

/**
 * `folder("data/faces")`: all images beneath a folder in natural order. For a field that is a label, the folders
 * directly in it are the classes, in natural order from 0.
 */
export async function openFolder(dataset: DatasetFacts, context: SourceContext): Promise<Examples> {
  const written = stringArgument(dataset, 'path')!;
  const files = await listImages(context.root, written);
  const labels = dataset.fields.filter((field) => field.type.label !== null);
  for (const field of dataset.fields) if (field.type.label === null) imageShape(dataset, field);
  if (labels.length === 0) {
    return new FileExamples(
      dataset,
      { size: files.length, files: (index) => [files[index]!.file], label: () => 0 },
      context,
    );
  }
  const { classes, labelled } = byClass(files, written, context);
  for (const field of labels) {
    if (field.type.label === classes.length) continue;
    throw labelCount(dataset, field, {
      source: written,
      has: classes.length,
      counted: 'folders',
      names: classes,
    });
  }
  return new FileExamples(
    dataset,
    {
      size: labelled.length,
      files: (index) => [labelled[index]!.file],
      label: (index) => labelled[index]!.label,
    },
    context,
  );
}

function byClass(
  files: readonly ImageFile[],
  written: string,
  context: SourceContext,
): { classes: string[]; labelled: { file: string; label: number }[] } {
  const classes: string[] = [];
  const labelled: { file: string; label: number }[] = [];
  const loose: ImageFile[] = [];
  // The files are in order, so that those of one class follow each other.
  for (const file of files) {
    const slash = file.name.indexOf('/');
    if (slash < 0) {
      loose.push(file);
      continue;
    }
    const name = file.name.slice(0, slash);
    if (classes.at(-1) !== name) classes.push(name);
    labelled.push({ file: file.file, label: classes.length - 1 });
  }
  if (classes.length === 0) {
    throw new DataError(
      `${written} has no folders, so its images have no classes`,
      'put the images of each class in a folder of their own, or leave the label out',
    );
  }
  if (loose.length > 0) {
    context.warn(
      `${loose.length === 1 ? '1 image lies' : `${loose.length} images lie`} directly in ${written} and ` +
        `so has no class (${loose[0]!.name}${loose.length > 1 ? ', …' : ''}); passed over`,
    );
  }
  return { classes, labelled };
}
