import { placeInModel } from '../3-check/place-in-model.ts';
import { check } from '../compile.ts';
import type { Diagnostic, DiagnosticDefinition } from '../diagnostics/diagnostic.ts';
import { exampleModels } from '../diagnostics/example-model.ts';
import { Reporter } from '../diagnostics/reporter.ts';
import { SourceFile } from '../source/source-file.ts';

/** What is found in the bad example of a diagnostic; null when nothing is. */
export function exampleFinding(
  definition: DiagnosticDefinition<never, string>,
): { readonly finding: Diagnostic; readonly source: SourceFile } | null {
  const { code, bad, scene } = definition;
  const source = new SourceFile(bad.startsWith('{') ? 'example.gan.json' : 'example.gan', bad);
  const machine = scene && 'machine' in scene ? { machine: scene.machine } : {};
  const { model, diagnostics } = check(source, { findModel: exampleModels, ...machine });
  if (!scene || 'machine' in scene) {
    const finding = diagnostics.find((diagnostic) => diagnostic.code === code);
    return finding ? { finding, source } : null;
  }
  const at = model && placeInModel(model, scene.about);
  if (!at) return null;
  const reporter = new Reporter((file) => (file === source.name ? source : undefined));
  reporter.report(definition, { at, facts: scene.facts as never });
  return { finding: reporter.diagnostics[0]!, source };
}
