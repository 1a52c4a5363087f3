import os from 'node:os';
import { building } from './building.ts';
import { checking } from './checking.ts';
import { memory } from './memory.ts';
import { baseline, step } from './step.ts';
import type { Bench } from './table.ts';
import { showTable } from './table.ts';

/** Every measurement by its name: `npm run bench -- --only step`. */
const benches: Readonly<Record<string, Bench>> = { step, baseline, checking, building, memory };

const only = process.argv.indexOf('--only');
const names = only < 0 ? Object.keys(benches) : process.argv.slice(only + 1);
const unknown = names.filter((name) => !benches[name]);
if (names.length === 0 || unknown.length > 0) {
  process.stderr.write(`--only takes some of ${Object.keys(benches).join(', ')}\n`);
  process.exit(2);
}
const [processor] = os.cpus();
process.stdout.write(
  `${processor?.model.trim()}, ${os.availableParallelism()} cores, ` +
    `load ${os.loadavg()[0]!.toFixed(1)}, Node ${process.version}\n`,
);
for (const name of names) {
  const { title, run } = benches[name]!;
  process.stdout.write(`\n${title}\n${showTable(await run())}`);
}
process.exit(0);
