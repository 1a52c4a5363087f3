import { readdirSync } from 'node:fs';
import { optimize } from '../compiler/5-optimize/optimize.ts';
import { tfjsTarget } from '../compiler/5-optimize/tfjs/legalize.ts';
import { compiled } from './spec.ts';
import { type Bench, median, milliseconds } from './table.ts';

const RUNS = 3;
const FOLDERS = ['specs', 'specs/architectures'];

/** From the text of a spec to programs that the wasm engine can run. */
export const building: Bench = {
  title: 'From a spec to optimized programs (wanted: under 2 s for the largest)',
  async run() {
    const specs = FOLDERS.flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`)).filter(
      (name) => name.endsWith('.gan'),
    );
    const rows = specs.map((name) => {
      const lowering: number[] = [];
      const optimizing: number[] = [];
      let nodes = 0;
      for (let run = 0; run < RUNS; run++) {
        const start = performance.now();
        const { set } = compiled(name);
        const lowered = performance.now();
        const { programs } = optimize(set, tfjsTarget('wasm'));
        lowering.push(lowered - start);
        optimizing.push(performance.now() - lowered);
        nodes = Object.values(programs).reduce((sum, program) => sum + program.nodes.length, 0);
      }
      const [lowered, optimized] = [median(lowering), median(optimizing)];
      return {
        spec: name,
        nodes: `${nodes}`,
        'check and lower': milliseconds(lowered),
        optimize: milliseconds(optimized),
        'in all': milliseconds(lowered + optimized),
        'of 2 s': ((lowered + optimized) / 2000).toFixed(2),
      };
    });
    return { rows };
  },
};
