import type { Command } from 'commander';
import { UserError } from '../user-error.ts';
import type { Terminal } from './terminal.ts';

/** `ganc engine install tensorflow`, `ganc engine remove tensorflow`. */
export function define(command: Command, { err, out }: Terminal): void {
  command.usage('install|remove tensorflow');
  command
    .command('install')
    .description('fetch and build an engine for this user, beside any project; may be repeated')
    .argument('<name>', 'tensorflow')
    .action(async (name: string) => {
      requireTensorflow(name);
      const { installTensorflow } = await import('../engines/tensorflow/install/install.ts');
      const started = Date.now();
      const folder = await installTensorflow(({ number, of, what }) => {
        const seconds = Math.round((Date.now() - started) / 1000);
        err.write(`[${number}/${of}] ${what}${seconds > 0 ? err.colors.dim(`  ${seconds} s so far`) : ''}\n`);
      });
      out.write(
        `tensorflow is installed in ${folder}; it is used from now on unless --engine names another\n`,
      );
    });
  command
    .command('remove')
    .description('take an installed engine away again')
    .argument('<name>', 'tensorflow')
    .action(async (name: string) => {
      requireTensorflow(name);
      const { removeTensorflow } = await import('../engines/tensorflow/install/install.ts');
      out.write(
        (await removeTensorflow()) ? 'tensorflow is removed\n' : 'tensorflow was not installed by ganc\n',
      );
    });
}

function requireTensorflow(name: string): void {
  if (name === 'tensorflow') return;
  throw new UserError(`there is no engine named ${name} to install`, 'the one that can be is tensorflow', {
    exitCode: 2,
  });
}
