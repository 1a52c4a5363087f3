import type { Command } from 'commander';
import { expand } from '../../compiler/print/expand.ts';
import { format } from '../../compiler/print/format.ts';
import { toJson } from '../../compiler/print/json.ts';
import { settleSpec, stageNamed } from './compiled-spec.ts';
import { modelRoot, setting } from './option-values.ts';
import { readSpec } from './spec-file.ts';
import type { Terminal } from './terminal.ts';

interface ExpandOptions {
  readonly json?: boolean;
  readonly set?: Readonly<Record<string, string>>;
  readonly dataRoot?: string;
  readonly stage?: string;
}

/** `ganc expand SPEC`: the spec with params, loops and every default written out. */
export function define(command: Command, terminal: Terminal): void {
  command
    .argument('<spec>', 'a file, .gan or .gan.json; - reads standard input')
    .option('--json', 'write the JSON form')
    .option('--set <param=value>', 'another value for a param; may be repeated', setting)
    .option(...modelRoot)
    .option('--stage <name>', 'one stage of training alone, as a spec without stages')
    .action(async (name: string, options: ExpandOptions) => {
      const spec = await readSpec(name, terminal);
      const { checked } = settleSpec(
        spec,
        options.set ? { set: options.set } : {},
        terminal,
        options.dataRoot,
      );
      const stage = options.stage === undefined ? null : stageNamed(checked.stages, options.stage);
      const file = stage ? expand(stage.resolved, stage.model.training?.stage) : expand(checked.resolved!);
      terminal.out.write(options.json ? toJson(file) : format(file, false));
    });
}
