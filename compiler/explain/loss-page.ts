import type { Loss } from '../1-parse/ast.ts';
import type { Page } from './page.ts';

/** The page of a loss that is written in the language itself. */
export function lossPage(loss: Loss, text: string): Page {
  const name = loss.path.map((part) => part.name).join('.');
  const doc = (loss.doc ?? '').trim();
  const summary = /^(?:`[^`]*`|[^`])*?[.:](?=\s|$)/.exec(doc.replace(/\s+/g, ' '))?.[0] ?? doc;
  return {
    kind: 'loss',
    name,
    summary: summary.replace(/[.:]$/, ''),
    markdown: () =>
      [
        `# ${name}`,
        `A loss, written in the language:`,
        `    ${text.slice(loss.path[0]!.span.start, loss.span.end).trim()}`,
        doc,
      ].join('\n\n'),
  };
}
