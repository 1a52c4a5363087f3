import type { Command } from 'commander';
import { check } from '../../compiler/compile.ts';
import { expand } from '../../compiler/print/expand.ts';
import { format } from '../../compiler/print/format.ts';
import { toJson } from '../../compiler/print/json.ts';
import { stopAtErrors } from './compiled-spec.ts';
import { importFinder } from './find-import.ts';
import { setting } from './option-values.ts';
import { resolveSpec } from './resolved-spec.ts';
import { readSpec } from './spec-file.ts';
import type { Terminal } from './terminal.ts';

interface ExpandOptions {
  readonly json?: boolean;
  readonly set?: Readonly<Record<string, string>>;
}

/** `ganc expand SPEC`: the spec with params, loops and every default written out. */
export function define(command: Command, terminal: Terminal): void {
  command
    .argument('<spec>', 'a file, .gan or .gan.json; - reads standard input')
    .option('--json', 'write the JSON form')
    .option('--set <param=value>', 'another value for a param; may be repeated', setting)
    .action(async (name: string, options: ExpandOptions) => {
      const written = await readSpec(name, terminal);
      const settings = { findImport: importFinder(name) };
      const before = check(written, settings);
      stopAtErrors(before, written, terminal);
      const source = resolveSpec(before.file, options.set ? { set: options.set } : {});
      const result = source === written ? before : check(source, settings);
      stopAtErrors(result, written, terminal);
      const file = expand(result.file);
      terminal.out.write(options.json ? toJson(file) : format(file, false));
    });
}
