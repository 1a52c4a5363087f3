import type { Output } from './terminal.ts';

/** Markdown as a terminal can show it: headings bold, code coloured, marks gone, lines wrapped. */
export function renderMarkdown(markdown: string, { colors, columns }: Output): string {
  const width = Math.min(columns, 100);
  const blocks = fencesIndented(markdown)
    .trim()
    .split(/\n{2,}/);
  return blocks
    .map((block) => {
      if (/^ {4}/.test(block))
        return block
          .split('\n')
          .map((line) => colors.cyan(line))
          .join('\n');
      const heading = /^#+ (.*)$/.exec(block);
      if (heading) return colors.bold(heading[1]!);
      if (/^\* /.test(block)) {
        return block
          .split(/\n(?=\* )/)
          .map((item) =>
            inline(wrap(item.slice(2).replace(/\s+/g, ' '), width - 2), colors)
              .replace(/^/gm, '  ')
              .replace(/^ {2}/, '• '),
          )
          .join('\n');
      }
      if (/^\|/.test(block)) return inline(block, colors);
      return inline(wrap(block.replace(/\s*\n\s*/g, ' '), width), colors);
    })
    .join('\n\n');
}

/** Code between fences as code that is indented. */
function fencesIndented(markdown: string): string {
  return markdown.replace(/^```\w*\n([\s\S]*?)\n```$/gm, (_, code: string) =>
    code.replace(/^(?=.)/gm, '    '),
  );
}

function wrap(text: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}

function inline(text: string, colors: Output['colors']): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part) =>
      part.startsWith('`') && part.endsWith('`') && part.length > 1
        ? colors.cyan(colors.isColorSupported ? part.slice(1, -1) : part)
        : part
            .replace(/\*\*([^*]+)\*\*/g, (_, words: string) => colors.bold(words))
            .replace(/(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])/g, (_, words: string) => colors.italic(words)),
    )
    .join('');
}
