import { Command, CommanderError } from 'commander';
import { renderDiagnostic } from '../../compiler/diagnostics/render.ts';
import { FoundError } from '../found-error.ts';
import { UserError } from '../user-error.ts';
import { version } from '../version.ts';
import { commands } from './commands.ts';
import { styleFor } from './style.ts';
import type { Output, Terminal } from './terminal.ts';

/** Runs one command line, without `node` and the script. Never rejects; the result is in `terminal.exitCode`. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<void> {
  try {
    await (await commandLine(argv, terminal)).parseAsync([...argv], { from: 'user' });
  } catch (error) {
    report(error, terminal, argv[0] === 'help');
  }
}

async function commandLine(argv: readonly string[], terminal: Terminal): Promise<Command> {
  const program = prepare(new Command('ganc'), terminal)
    .description('The GAN compiler: check, train and sample generative adversarial networks.')
    .version(version, '-V, --version', 'print the version')
    .usage('COMMAND [options]')
    .addHelpText(
      'after',
      '\nganc COMMAND --help tells more about each. A first run:\n\n  ganc init digits\n  ganc train digits.gan',
    );
  const words = argv.filter((word) => !word.startsWith('-'));
  const chosen = words[0] === 'help' ? words[1] : words[0];
  for (const [name, entry] of Object.entries(commands)) {
    const command = prepare(program.command(name), terminal).description(entry.summary);
    if (name === chosen) (await entry.load()).define(command, terminal);
  }
  return program;
}

/** What every command shares. */
function prepare(command: Command, { out, err }: Terminal): Command {
  return command
    .helpOption('-h, --help', 'show this help')
    .option('--no-color', 'write without colour')
    .exitOverride()
    .showHelpAfterError(
      command.name() === 'ganc'
        ? '(ganc --help lists the commands)'
        : `(ganc ${command.name()} --help lists the options)`,
    )
    .configureOutput({
      writeOut: out.write,
      writeErr: err.write,
      outputError: (text, write) => write(text),
      getOutHelpWidth: () => Math.min(out.columns, 100),
      getErrHelpWidth: () => Math.min(err.columns, 100),
    });
}

/** Prints an error as a user wants to read it, and sets the exit code. */
export function report(error: unknown, terminal: Terminal, helpAsked = false): void {
  const { err } = terminal;
  if (error instanceof CommanderError) {
    // Commander has printed what was wrong already, or the help that was asked for.
    const asked = error.exitCode === 0 || (error.code === 'commander.help' && helpAsked);
    terminal.exitCode = asked ? 0 : 2;
  } else if (error instanceof FoundError) {
    err.write(`${foundText(error, err)}\n`);
    terminal.exitCode = error.exitCode;
  } else if (error instanceof UserError) {
    err.write(`${err.colors.bold(err.colors.red('error:'))} ${error.message}\n`);
    if (error.help) err.write(` ${err.colors.bold('help:')} ${error.help}\n`);
    terminal.exitCode = error.exitCode;
  } else {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    err.write(`${err.colors.bold(err.colors.red('ganc made a mistake:'))} ${text}\n`);
    err.write(
      ` ${err.colors.bold('help:')} please report it with the spec and this text; it is not your fault\n`,
    );
    terminal.exitCode = 70;
  }
}

/** A mistake in a spec, at its place where that is known. */
function foundText({ code, message, notes, help, place, diagnostic }: FoundError, err: Output): string {
  if (place && diagnostic) {
    return renderDiagnostic(diagnostic, { sources: place.sources, style: styleFor(err) });
  }
  const { bold, red } = err.colors;
  const lines = [`${bold(red(`error[${code}]`))}: ${message}`, ...notes.map((note) => `  = ${note}`)];
  if (help) lines.push(` ${bold('help:')} ${help}`);
  return lines.join('\n');
}
