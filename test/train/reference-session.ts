import type { ProgramSet } from '../../compiler/tensor/program.ts';
import { sizeOf } from '../../compiler/tensor/program.ts';
import type { Session, TensorData } from '../../runtime/engines/engine.ts';
import { refuseNonFinite } from '../../runtime/engines/requests.ts';
import { interpret } from '../reference/interpreter.ts';

/** A session over the reference interpreter, its state kept in f32 as an engine would. */
export function referenceSession(set: ProgramSet): Session {
  const kept = new Map<string, TensorData>(
    set.state.map(({ path, shape, dtype }) => [
      path,
      dtype === 'f32' ? new Float32Array(sizeOf(shape)) : new Int32Array(sizeOf(shape)),
    ]),
  );
  return {
    async run(name, inputs) {
      const program = set.programs[name]!;
      const { outputs, state } = interpret(program, inputs, Object.fromEntries(kept));
      const rounded = Object.fromEntries(
        Object.entries(outputs).map(([output, values]) => [output, Float32Array.from(values)]),
      );
      refuseNonFinite(program, rounded);
      for (const { path } of program.updates) {
        const before = kept.get(path)!;
        kept.set(
          path,
          before instanceof Float32Array ? Float32Array.from(state[path]!) : Int32Array.from(state[path]!),
        );
      }
      return rounded;
    },
    async diagnose(name) {
      return { program: name, op: 'log', origin: 'G/dense', state: null };
    },
    readState: async (paths = [...kept.keys()]) =>
      new Map(paths.map((path) => [path, kept.get(path)!.slice()])),
    async writeState(values) {
      for (const [path, array] of values) kept.set(path, array.slice());
    },
    memory: () => ({ tensors: 0, bytes: 0, plannedPeakBytes: 0, peakBytes: 0 }),
    close: async () => {},
  };
}
