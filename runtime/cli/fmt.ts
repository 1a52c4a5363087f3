import type { Command } from 'commander';
import type { SpecFile } from '../../compiler/1-parse/ast.ts';
import { parse } from '../../compiler/1-parse/parse.ts';
import { renderDiagnostics } from '../../compiler/diagnostics/render.ts';
import { Reporter } from '../../compiler/diagnostics/reporter.ts';
import { countText } from '../../compiler/diagnostics/wording.ts';
import { restyle } from '../../compiler/print/convert.ts';
import type { SourceFile } from '../../compiler/source/source-file.ts';
import { UserError } from '../user-error.ts';
import { report } from './command-line.ts';
import { readSpec, requireWritable, writeSpec } from './spec-file.ts';
import { styleFor } from './style.ts';
import type { Terminal } from './terminal.ts';

interface FmtOptions {
  readonly check?: boolean;
  readonly write?: boolean;
}

/**
 * `ganc fmt SPEC…`: writes specs in the one style, to standard output, or with --write back into their files.
 * Ends with 1 when --check finds a file that is not in the style, or when a file has a mistake.
 */
export function define(command: Command, terminal: Terminal): void {
  command
    .argument('<spec...>', 'files, .gan or .gan.json; - reads standard input')
    .option('--check', 'change nothing; name the files that are not in the style')
    .option('-w, --write', 'write the result back into the files')
    .action(async (names: string[], options: FmtOptions) => {
      let [found, unreadable] = [false, false];
      for (const name of names) {
        try {
          const spec = await readSpec(name, terminal);
          if (options.write) requireWritable(name, spec);
          if (await formatOne(spec.source, name, options, terminal)) found = true;
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
          report(error, terminal);
          if (error.exitCode === 2) unreadable = true;
          found = true;
        }
      }
      terminal.exitCode = unreadable ? 2 : found ? 1 : 0;
    });
}

/** Whether there is something that the user has to do. */
async function formatOne(
  source: SourceFile,
  name: string,
  options: FmtOptions,
  terminal: Terminal,
): Promise<boolean> {
  const text = restyle(readSound(source, terminal));
  const changed = text !== source.text;
  if (options.check) {
    if (changed) terminal.out.write(`${source.name}\n`);
    return changed;
  }
  if (!options.write || name === '-') terminal.out.write(text);
  else if (changed) {
    await writeSpec(name, text);
    terminal.err.write(`formatted ${name}\n`);
  }
  return false;
}

/** The tree of a spec without syntax errors; they are printed and end the command. */
export function readSound(source: SourceFile, { err }: Terminal): SpecFile {
  const sources = () => source;
  const reporter = new Reporter(sources);
  const file = parse(source, reporter);
  const { diagnostics } = reporter;
  if (file && diagnostics.length === 0) return file;
  err.write(`${renderDiagnostics(diagnostics, { sources, style: styleFor(err) })}\n\n`);
  throw new UserError(
    `${source.name} has ${countText(diagnostics.length, 'mistake')} in its writing`,
    'mend it first; nothing was changed',
  );
}
