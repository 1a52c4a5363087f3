import { check } from '../compile.ts';
import type { DiagnosticDefinition } from '../diagnostics/diagnostic.ts';
import { exampleModels } from '../diagnostics/example-model.ts';
import { renderDiagnostic } from '../diagnostics/render.ts';
import { SourceFile } from '../source/source-file.ts';
import type { Page } from './page.ts';

/** The page of a kind of mistake, with what the compiler says about its example. */
export function diagnosticPage(definition: DiagnosticDefinition<never, string>): Page {
  const { code, severity, title, explanation, bad, good } = definition;
  return {
    kind: 'diagnostic',
    name: code,
    summary: title,
    markdown: () =>
      [
        `# ${code}`,
        `${article(severity)}: ${title}.`,
        explanation.trim(),
        ...findingIn(bad, code),
        ...mended(bad, good),
      ].join('\n\n'),
  };
}

function article(severity: string): string {
  return severity === 'error' ? 'An error' : severity === 'warning' ? 'A warning' : 'A remark';
}

function findingIn(bad: string, code: string): string[] {
  const source = new SourceFile(bad.startsWith('{') ? 'example.gan.json' : 'example.gan', bad);
  const { diagnostics } = check(source, { findModel: exampleModels });
  const finding = diagnostics.find((diagnostic) => diagnostic.code === code);
  if (!finding) return [];
  const text = renderDiagnostic(finding, { sources: (file) => (file === source.name ? source : undefined) });
  return ['## For example', indent(text)];
}

/** The lines of the good example that the bad one has not, with … for lines between that are the same. */
function mended(bad: string, good: string): string[] {
  const before = new Set(bad.split('\n'));
  const lines: string[] = [];
  let isGap = false;
  for (const line of good.split('\n')) {
    if (before.has(line)) {
      isGap = lines.length > 0;
      continue;
    }
    if (isGap) lines.push('…');
    isGap = false;
    lines.push(line);
  }
  return lines.length === 0 ? [] : ['Right is:', indent(lines.join('\n'))];
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '    ');
}
