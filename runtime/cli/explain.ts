import type { Command } from 'commander';
import { explain, PAGE_KINDS, type Page, type PageKind, pages } from '../../compiler/index.ts';
import { UserError } from '../user-error.ts';
import { renderMarkdown } from './markdown.ts';
import type { Terminal } from './terminal.ts';

const PLURALS: Readonly<Record<PageKind, string>> = {
  layer: 'Layers',
  function: 'Functions',
  loss: 'Losses',
  penalty: 'Penalties',
  optimizer: 'Optimizers',
  schedule: 'Schedules',
  distribution: 'Distributions',
  constraint: 'Weight constraints',
  source: 'Data sources',
  measure: 'Measures',
  declaration: 'Declarations',
  form: 'Forms of the language',
  diagnostic: 'Diagnostics',
  primitive: 'Primitives of the tensor program',
};

/** `ganc explain NAME`: the page of a layer, loss, diagnostic, …; without a name, the list of all. */
export function define(command: Command, terminal: Terminal): void {
  command
    .argument('[name...]', 'conv2d, hinge.critic, checkerboard-kernel; or a kind and a name: primitive conv')
    .action((words: string[]) => {
      const { out } = terminal;
      if (words.length === 0) {
        out.write(listOfPages(terminal, PAGE_KINDS));
        return;
      }
      const kind = PAGE_KINDS.find((each) => each === words[0] || PLURALS[each].toLowerCase() === words[0]);
      if (words.length === 1 && kind) {
        out.write(listOfPages(terminal, [kind]));
        pointTo(
          pages().filter(({ name }) => name === words[0]),
          terminal,
        );
        return;
      }
      if (words.length > 2 || (words.length === 2 && !kind)) {
        throw new UserError(
          `there is no page about ${words.join(' ')}`,
          'give one name, or a kind and a name',
          {
            exitCode: 2,
          },
        );
      }
      show(words.at(-1)!, words.length === 2 ? kind! : null, terminal);
    });
}

function show(name: string, kind: PageKind | null, terminal: Terminal): void {
  const { out } = terminal;
  const found = explain(name, kind);
  if (!found.page) {
    const help =
      found.nearest.length > 0
        ? `try ${found.nearest.map((each) => `ganc explain ${each}`).join(', ')}`
        : 'run ganc explain to see every page';
    throw new UserError(`there is no page about \`${name}\``, help, { exitCode: 2 });
  }
  out.write(`${renderMarkdown(found.page.markdown(), out)}\n`);
  pointTo(found.others, terminal);
}

/** Other pages that a word may have meant. */
function pointTo(others: readonly Page[], { out }: Terminal): void {
  for (const { kind, name } of others) out.write(`\nAlso a ${kind}: ganc explain ${kind} ${name}\n`);
}

function listOfPages({ out }: Terminal, kinds: readonly PageKind[]): string {
  const all = pages().filter(({ kind }) => kinds.includes(kind));
  const width = Math.max(...all.map(({ name }) => name.length));
  return kinds
    .map((kind) => {
      const lines = all
        .filter((page) => page.kind === kind)
        .map(({ name, summary }) => `  ${out.colors.cyan(name.padEnd(width))}  ${summary}`.trimEnd());
      return `${out.colors.bold(PLURALS[kind])}\n${lines.join('\n')}\n`;
    })
    .join('\n');
}
