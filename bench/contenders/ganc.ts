import { openEngine } from '../../runtime/engines/index.ts';
import { compiledModel, models, updatesOf, weightsOf } from '../models.ts';
import { inputsOf } from '../spec.ts';
import { serve } from './serve.ts';

// ganc on one of its engines: `ganc.mjs ENGINE MODEL THREADS`.

const [engineName, modelName, threads] = process.argv.slice(2) as [string, string, string];

await serve(async () => {
  const engine = openEngine(engineName);
  const model = compiledModel(models[modelName]!);
  const session = await engine.open(model.set, { threads: Number(threads) });
  await session.run('init', { key: Int32Array.of(1, 0, 0, 0) });
  const inputs = updatesOf(model).map((name) => ({ name, values: inputsOf(model, name, 1) }));
  const { version } = await engine.describe();
  return {
    weights: weightsOf(model),
    version: version ?? '',
    bodies: {
      async step() {
        for (const { name, values } of inputs) await session.run(name, values);
      },
    },
  };
});
