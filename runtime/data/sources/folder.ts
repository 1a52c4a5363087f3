import { type DatasetFacts, stringArgument } from '../dataset.ts';
import type { Examples, SourceContext } from '../examples.ts';
import { FileExamples } from '../file-examples.ts';
import { folderClasses } from '../folder-classes.ts';
import { listImages } from '../image-files.ts';
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
  const labelled = folderClasses(files, labels, 'image', dataset, written, context);
  return new FileExamples(
    dataset,
    {
      size: labelled.length,
      files: (index) => [labelled[index]!.example.file],
      label: (index) => labelled[index]!.label,
    },
    context,
  );
}
