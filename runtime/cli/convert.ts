import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { isJson } from '../../compiler/1-parse/parse.ts';
import { convert } from '../../compiler/print/convert.ts';
import { reasonOf, UserError } from '../user-error.ts';
import { readSound } from './fmt.ts';
import { readSpec } from './spec-file.ts';
import type { Terminal } from './terminal.ts';

interface ConvertOptions {
  readonly to?: 'text' | 'json';
  readonly out?: string;
}

/** `ganc convert SPEC`: text to JSON, JSON to text. Comments and blank lines are all that JSON loses. */
export function define(command: Command, terminal: Terminal): void {
  command
    .argument('<spec>', 'a file, .gan or .gan.json; - reads standard input')
    .addOption(
      new Option('--to <form>', 'the form to write; default: the other one').choices(['text', 'json']),
    )
    .option('-o, --out <file>', 'where to write; default: standard output')
    .action(async (name: string, options: ConvertOptions) => {
      const { source } = await readSpec(name, terminal);
      const file = readSound(source, terminal);
      const to = options.to ?? (isJson(source) ? 'text' : 'json');
      if (to === 'json' && file.comments.length > 0) {
        terminal.err.write('JSON has no comments: those beginning with // are left out, /// stay as "doc"\n');
      }
      const text = convert(file, to);
      if (options.out === undefined) terminal.out.write(text);
      else {
        await writeFile(options.out, text).catch((cause: unknown) => {
          throw new UserError(`${options.out} cannot be written: ${reasonOf(cause)}`, null, { cause });
        });
      }
    });
}
