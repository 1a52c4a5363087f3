import os from 'node:os';
import { baseline } from './baseline.ts';
import { building } from './building.ts';
import { checking } from './checking.ts';
import { compare } from './compare.ts';
import { fieldHere } from './contenders/here.ts';
import { contenders } from './contenders/index.ts';
import { memory } from './memory.ts';
import { models } from './models.ts';
import { type Options, optionsFrom } from './options.ts';
import { starting } from './starting.ts';
import { type Bench, showTable } from './table.ts';

/** Every measurement by its name: `npm run bench -- --only compare`. */
const benches: Readonly<Record<string, (options: Options) => readonly Bench[]>> = {
  compare(options) {
    const field = fieldHere(options.contenders, options.progress);
    return options.models.map((name) => compare(name, field, options));
  },
  baseline: () => [baseline],
  checking: () => [checking],
  building: () => [building],
  memory: () => [memory],
  starting: () => [starting],
};

const options = readOptions();
const [processor] = os.cpus();
process.stdout.write(
  `${processor?.model.trim()}, ${os.availableParallelism()} cores, ` +
    `load ${os.loadavg()[0]!.toFixed(1)}, Node ${process.version}\n`,
);
for (const name of options.only) {
  for (const { title, run } of benches[name]!(options)) {
    const { rows, notes = [] } = await run();
    process.stdout.write(`\n${title}\n${showTable(rows)}${notes.map((note) => `  ${note}\n`).join('')}`);
  }
}
process.exit(0);

function readOptions(): Options {
  try {
    return optionsFrom(process.argv.slice(2), {
      only: Object.keys(benches),
      models: Object.keys(models),
      contenders: contenders.map(({ name }) => name),
    });
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(2);
  }
}
