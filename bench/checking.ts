import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Bench, median, milliseconds } from './table.ts';

const RUNS = 15;
const SPEC = 'specs/pix2pix.gan';

/** `ganc check` as people run it on every save: a whole process, from its start to its end. */
export const checking: Bench = {
  title: `ganc check ${SPEC}, a whole process (wanted: under 500 ms)`,
  async run() {
    if (!existsSync('dist/cli.js')) throw new Error('there is no dist/cli.js: run "npm run build" first');
    const start = (args: readonly string[]) => {
      const begin = performance.now();
      const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
      if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
      return performance.now() - begin;
    };
    const times = { check: [] as number[], empty: [] as number[] };
    for (let run = 0; run < RUNS; run++) {
      times.check.push(start(['bin/ganc.js', 'check', SPEC]));
      times.empty.push(start(['-e', '']));
    }
    const [check, empty] = [median(times.check), median(times.empty)];
    return {
      rows: [
        row('ganc check', times.check, `${(check / empty).toFixed(1)} ×`),
        row('node, doing nothing', times.empty, '1 ×'),
      ],
    };
  },
};

function row(what: string, times: readonly number[], ratio: string) {
  return {
    what,
    runs: `${times.length}`,
    median: milliseconds(median(times)),
    best: milliseconds(Math.min(...times)),
    ratio,
  };
}
