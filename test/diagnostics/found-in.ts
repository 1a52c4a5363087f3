import { type Checked, check } from '../../compiler/compile.ts';
import { exampleModels } from '../../compiler/diagnostics/example-model.ts';
import type { Scene } from '../../compiler/diagnostics/scene.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';

/** Checks an example of a diagnostic, in which `./bad.gan` is the example itself and nothing else can be imported. */
export function foundIn(
  name: string,
  text: string,
  scene?: Scene,
): Checked & { readonly source: SourceFile } {
  const source = new SourceFile(text.startsWith('{') ? `${name}.json` : name, text);
  const checked = check(source, {
    findModel: exampleModels,
    ...(scene && 'machine' in scene && { machine: scene.machine }),
    readImport: (from) => (from === './bad.gan' ? source : { kind: 'missing', near: null }),
  });
  return { ...checked, source };
}
