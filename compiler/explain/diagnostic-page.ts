import type { DiagnosticDefinition } from '../diagnostics/diagnostic.ts';
import { renderDiagnostic } from '../diagnostics/render.ts';
import { exampleFinding } from './example-finding.ts';
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
        ...findingIn(definition),
        ...mended(bad, good),
      ].join('\n\n'),
  };
}

function article(severity: string): string {
  return severity === 'error' ? 'An error' : severity === 'warning' ? 'A warning' : 'A remark';
}

function findingIn(definition: DiagnosticDefinition<never, string>): string[] {
  const example = exampleFinding(definition);
  if (!example) return [];
  const { finding, source } = example;
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
