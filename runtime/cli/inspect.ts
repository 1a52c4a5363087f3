import type { Command } from 'commander';
import { inspect, inspectStages } from '../../compiler/print/inspection.ts';
import { inspectionTable } from '../../compiler/print/inspection-table.ts';
import { mermaid } from '../../compiler/print/mermaid.ts';
import { compileSpec, stageNamed } from './compiled-spec.ts';
import { modelRoot, setting } from './option-values.ts';
import { readSpec } from './spec-file.ts';
import type { Terminal } from './terminal.ts';

interface InspectOptions {
  readonly json?: boolean;
  readonly graph?: boolean;
  readonly set?: Readonly<Record<string, string>>;
  readonly dataRoot?: string;
  readonly stage?: string;
}

/** `ganc inspect SPEC`: networks, layers, weights and what a step costs, all known before anything runs. */
export function define(command: Command, terminal: Terminal): void {
  command
    .argument('<spec>', 'a file, .gan or .gan.json; - reads standard input')
    .option('--json', 'write one JSON object')
    .option('--graph', 'write a Mermaid flow chart of the networks')
    .option('--set <param=value>', 'another value for a param; may be repeated', setting)
    .option(...modelRoot)
    .option('--stage <name>', 'the networks of a stage of training; default: of the last one')
    .action(async (name: string, options: InspectOptions) => {
      const spec = await readSpec(name, terminal);
      const settings = options.set ? { set: options.set } : {};
      const { stages } = compileSpec(spec, settings, terminal, options.dataRoot);
      const chosen = stageNamed(stages, options.stage);
      const { out } = terminal;
      if (options.graph) {
        out.write(mermaid(chosen.model));
        return;
      }
      const inspection = {
        ...inspectStages(chosen.model, stages),
        ...inspect(chosen.model, chosen.job().compiled),
      };
      const style = { title: out.colors.bold, quiet: out.colors.dim };
      out.write(options.json ? `${JSON.stringify(inspection)}\n` : inspectionTable(inspection, style));
    });
}
