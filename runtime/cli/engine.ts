import type { Command } from 'commander';
import { UserError } from '../user-error.ts';
import { INTERRUPTED, stopOnSignals } from './interrupt.ts';
import type { Output, Terminal } from './terminal.ts';

/** `ganc engine install tensorflow`, `ganc engine remove tensorflow`. */
export function define(command: Command, terminal: Terminal): void {
  command.usage('install|remove tensorflow');
  command
    .command('install')
    .description('fetch and build an engine for this user, beside any project; may be repeated')
    .argument('<name>', 'tensorflow')
    .option('--force', 'install it again where it is there and works')
    .action(async (name: string, { force = false }: { readonly force?: boolean }) => {
      requireTensorflow(name);
      await install(terminal, force);
    });
  command
    .command('remove')
    .description('take an installed engine away again')
    .argument('<name>', 'tensorflow')
    .action(async (name: string) => {
      requireTensorflow(name);
      const { removeTensorflow } = await import('../engines/tensorflow/install/install.ts');
      terminal.out.write(
        (await removeTensorflow()) ? 'tensorflow is removed\n' : 'tensorflow was not installed by ganc\n',
      );
    });
}

async function install(terminal: Terminal, force: boolean): Promise<void> {
  const { installTensorflow } = await import('../engines/tensorflow/install/install.ts');
  const { out, err } = terminal;
  const clock = new Clock(err);
  const stop = stopOnSignals(() => clock.say('stopping, and removing what was made so far'));
  try {
    const { folder, fresh } = await installTensorflow(
      ({ number, of, what }) => clock.say(`[${number}/${of}] ${what}`),
      { force, signal: stop.signal },
    );
    out.write(
      fresh
        ? `tensorflow is installed in ${folder}; it is used from now on unless --engine names another\n`
        : `tensorflow is installed in ${folder} already, and works; --force installs it again\n`,
    );
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    err.write('interrupted; nothing was installed\n');
    terminal.exitCode = INTERRUPTED;
  } finally {
    clock.stop();
    stop.release();
  }
}

/** Says what is being done, and every ten seconds that it still is. */
class Clock {
  readonly #started = Date.now();
  readonly #timer: NodeJS.Timeout;
  readonly #err: Output;

  constructor(err: Output) {
    this.#err = err;
    this.#timer = setInterval(() => this.say('     still at it'), 10_000);
  }

  say(what: string): void {
    const seconds = Math.round((Date.now() - this.#started) / 1000);
    this.#err.write(`${what}${seconds > 0 ? this.#err.colors.dim(`  ${seconds} s so far`) : ''}\n`);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

function requireTensorflow(name: string): void {
  if (name === 'tensorflow') return;
  throw new UserError(`there is no engine named ${name} to install`, 'the one that can be is tensorflow', {
    exitCode: 2,
  });
}
