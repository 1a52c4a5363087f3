import type { Command } from 'commander';
import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.ts';
import { renderDiagnostics, summaryText } from '../../compiler/diagnostics/render.ts';
import { renderJson } from '../../compiler/diagnostics/render-json.ts';
import { countText } from '../../compiler/diagnostics/wording.ts';
import { check, fix } from '../../compiler/index.ts';
import type { MachineMemory } from '../../compiler/source/machine-memory.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { UserError } from '../user-error.ts';
import { report } from './command-line.ts';
import { modelFinder } from './find-model.ts';
import { memorySize, thisMachine } from './machine-memory.ts';
import { modelRoot, setting } from './option-values.ts';
import { readSpec, requireWritable, type Spec, writeSpec } from './spec-file.ts';
import { styleFor } from './style.ts';
import type { Output, Terminal } from './terminal.ts';

interface CheckOptions {
  readonly json?: boolean;
  readonly strict?: boolean;
  readonly fix?: boolean;
  readonly set?: Readonly<Record<string, string>>;
  readonly dataRoot?: string;
  /** Null for a machine that has enough; left out, this one. */
  readonly memory?: MachineMemory | null;
}

/**
 * `ganc check SPEC…`: says what is wrong with each spec. Ends with 0 when nothing is (remarks do not count), 1
 * when there is an error or a warning, 2 when a file could not be read.
 */
export function define(command: Command, terminal: Terminal): void {
  command
    .argument('<spec...>', 'files, .gan or .gan.json; - reads standard input')
    .option('--json', 'write one JSON object per finding and line')
    .option('--strict', 'take warnings for errors')
    .option(
      '--fix',
      'make the changes that are offered as fixes (with -, the result goes to standard output)',
    )
    .option('--set <param=value>', 'check with another value for a param', setting)
    .option(...modelRoot)
    .option(
      '--memory <size>',
      'what the machine has that will train it, such as 80GiB, or none; default: this one',
      memorySize,
    )
    .action(async (names: string[], options: CheckOptions) => {
      let [found, unreadable] = [false, false];
      for (const name of names) {
        try {
          const spec = await readSpec(name, terminal);
          if (options.fix) requireWritable(name, spec);
          if (await checkOne(spec, name, options, terminal)) found = true;
        } catch (error) {
          // One file that cannot be read does not keep the others from being checked.
          if (!(error instanceof UserError)) throw error;
          report(error, terminal);
          unreadable = true;
        }
      }
      terminal.exitCode = unreadable ? 2 : found ? 1 : 0;
    });
}

/** Whether there is something to mend. */
async function checkOne(
  { source: written, imports, folder }: Spec,
  name: string,
  options: CheckOptions,
  terminal: Terminal,
): Promise<boolean> {
  const settings = {
    readImport: imports.read,
    findModel: modelFinder(imports, { folder, dataRoot: options.dataRoot }),
    ...(options.set ? { set: options.set } : {}),
    ...(options.memory === null ? {} : { machine: options.memory ?? thisMachine() }),
  };
  let source = written;
  if (options.fix) {
    const { text, fixed } = fix(written, settings);
    if (name === '-') terminal.out.write(text);
    else if (fixed.length > 0) await writeSpec(name, text);
    if (fixed.length > 0)
      terminal.err.write(`mended ${countText(fixed.length, 'mistake')} in ${written.name}\n`);
    source = new SourceFile(written.name, text);
  }
  const result = check(source, settings);
  const diagnostics = options.strict ? result.diagnostics.map(asError) : result.diagnostics;
  // When standard output carries the mended spec, findings go beside it.
  const output = options.fix && name === '-' ? terminal.err : terminal.out;
  print(diagnostics, result.sources, source, options.json === true, output, terminal.err);
  return diagnostics.some(({ severity }) => severity !== 'info');
}

function asError(diagnostic: Diagnostic): Diagnostic {
  return diagnostic.severity === 'warning' ? { ...diagnostic, severity: 'error' } : diagnostic;
}

function print(
  diagnostics: readonly Diagnostic[],
  sources: (file: string) => SourceFile | undefined,
  source: SourceFile,
  json: boolean,
  output: Output,
  err: Output,
): void {
  if (json) {
    for (const diagnostic of diagnostics) output.write(`${renderJson(diagnostic, sources)}\n`);
    return;
  }
  const summary = summaryText(diagnostics);
  if (summary === null) {
    err.write(`${source.name} is clean\n`);
    return;
  }
  output.write(`${renderDiagnostics(diagnostics, { sources, style: styleFor(output) })}\n\n`);
  err.write(`${summary}\n`);
}
