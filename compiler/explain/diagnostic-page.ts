import { check } from '../compile.ts';
import type { DiagnosticDefinition } from '../diagnostics/diagnostic.ts';
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
  const source = new SourceFile('example.gan', bad);
  const { diagnostics } = check(source);
  const finding = diagnostics.find((diagnostic) => diagnostic.code === code);
  if (!finding) return [];
  const text = renderDiagnostic(finding, { sources: (file) => (file === source.name ? source : undefined) });
  return ['## For example', indent(text)];
}

/** The lines of the good example that differ from those of the bad one. */
function mended(bad: string, good: string): string[] {
  const [before, after] = [bad.split('\n'), good.split('\n')];
  let start = 0;
  while (start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const lines = after.slice(start, after.length - end);
  if (lines.length === 0 || lines.length > 20) return [];
  return ['Right is:', indent(lines.join('\n'))];
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '    ');
}
