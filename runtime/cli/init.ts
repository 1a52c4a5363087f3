import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Command, Option } from 'commander';
import { packagedFile } from '../package-folder.ts';
import { reasonOf, UserError } from '../user-error.ts';
import { programName } from './program-name.ts';
import type { Terminal } from './terminal.ts';

/** What can be started from: the examples that train without data of one's own. */
const templates: Readonly<Record<string, string>> = {
  digits: 'dcgan-mnist',
  ring: 'gaussians-ring',
};

/** `ganc init NAME`: writes a small commented spec that trains. */
export function define(command: Command, terminal: Terminal): void {
  command
    .argument('<name>', 'the new spec: faces writes faces.gan')
    .addOption(
      new Option('-t, --template <template>', 'what to start from')
        .choices(Object.keys(templates))
        .default('digits'),
    )
    .action(async (name: string, options: { template: string }) => {
      const file = name.endsWith('.gan') ? name : `${name}.gan`;
      const example = templates[options.template]!;
      const text = await readFile(packagedFile(`examples/${example}/${example}.gan`), 'utf8');
      await writeNew(file, text);
      const { out, err } = terminal;
      out.write(`${file}\n`);
      err.write(`next: ${programName} check ${file}, then ${programName} train ${file}\n`);
    });
}

async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') {
      throw new UserError(`${file} exists already`, 'choose another name, or remove the file first', {
        cause: error,
      });
    }
    const help =
      code === 'ENOENT'
        ? `create the folder ${path.dirname(file)} first`
        : 'choose a place that can be written';
    throw new UserError(`${file} cannot be written: ${reasonOf(error)}`, help, { cause: error });
  }
}
