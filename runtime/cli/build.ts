import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { reasonOf, UserError } from '../user-error.ts';
import { compileSpec, stageNamed } from './compiled-spec.ts';
import { modelRoot, setting } from './option-values.ts';
import { readSpec } from './spec-file.ts';
import type { Terminal } from './terminal.ts';

interface BuildOptions {
  readonly out?: string;
  readonly set?: Readonly<Record<string, string>>;
  readonly dataRoot?: string;
  readonly stage?: string;
}

/** `ganc build SPEC`: writes the tensor programs of a spec as JSON, before any engine has optimized them. */
export function define(command: Command, terminal: Terminal): void {
  command
    .argument('<spec>', 'a file, .gan or .gan.json; - reads standard input')
    .option('-o, --out <file>', 'where to write; default: standard output')
    .option('--set <param=value>', 'another value for a param; may be repeated', setting)
    .option(...modelRoot)
    .option('--stage <name>', 'the programs of a stage of training; default: of the last one')
    .action(async (name: string, options: BuildOptions) => {
      const spec = await readSpec(name, terminal);
      const settings = options.set ? { set: options.set } : {};
      const { stages } = compileSpec(spec, settings, terminal, options.dataRoot);
      const { compiled } = stageNamed(stages, options.stage).job();
      const text = `${JSON.stringify(compiled)}\n`;
      if (options.out === undefined) terminal.out.write(text);
      else await write(options.out, text);
    });
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new UserError(`${file} cannot be written: ${reasonOf(error)}`, 'choose another place with --out', {
      cause: error,
    });
  }
}
