import {
  Builder,
  PROGRAM_VERSION,
  type Program,
  reshape,
  type StateVariable,
  slice,
  state,
  type Value,
} from '../../compiler/tensor/index.ts';
import { openEngine } from '../../runtime/engines/index.ts';
import type { Convolution } from '../convolutions.ts';
import { serve } from './serve.ts';

// Convolutions, each a program of its own on one of ganc's engines: `convolutions.mjs ENGINE LIST THREADS`.

const [engineName, list, threads] = process.argv.slice(2) as [string, string, string];

await serve(async () => {
  const convolutions = JSON.parse(list) as readonly Convolution[];
  const variables = new Map<string, StateVariable>();
  const programs = convolutions.map((convolution, index) => programOf(convolution, `${index}`, variables));
  const engine = openEngine(engineName);
  const set = {
    version: PROGRAM_VERSION,
    state: [...variables.values()],
    programs: Object.fromEntries(programs.map((program) => [program.name, program])),
  };
  const session = await engine.open(set, { threads: Number(threads) });
  const { version } = await engine.describe();
  const bodies = programs.map(({ name }) => [name, () => session.run(name, {})] as const);
  return { version: version ?? '', bodies: Object.fromEntries(bodies) };
});

/** Reads tensors that the engine keeps, and fetches one number of the result, so that nothing is carried about. */
function programOf(convolution: Convolution, name: string, variables: Map<string, StateVariable>): Program {
  const builder = new Builder(name);
  const inputs = convolution.inputs.map((shape): Value => {
    const variable: StateVariable = { path: shape.join('×'), shape, dtype: 'f32', role: 'weight' };
    variables.set(variable.path, variable);
    return state(builder, variable);
  });
  const { op, attributes, shape } = convolution;
  const ids = inputs.map(({ id }) => id);
  const result = builder.append({ op, inputs: ids, attributes, shape, dtype: 'f32', origin: name });
  const first = slice(
    result,
    shape.map(() => 0),
    shape.map(() => 1),
  );
  builder.output('first', reshape(first, []));
  return builder.finish();
}
