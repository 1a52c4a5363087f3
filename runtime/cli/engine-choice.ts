import type { Engine, Session } from '../engines/engine.ts';
import type { Job } from '../train/job.ts';
import { UserError } from '../user-error.ts';

export interface OpenedSession {
  readonly engine: Engine;
  readonly session: Session;
}

/** Opens the programs of a job on an engine, the best one by default. TensorFlow.js is loaded only now. */
export async function openSession(
  job: Job,
  name: string | undefined,
  threads: number | undefined,
): Promise<OpenedSession> {
  const { EngineError, openEngine } = await import('../engines/index.ts');
  try {
    const engine = openEngine(name);
    return { engine, session: await engine.open(job.compiled.set, threads === undefined ? {} : { threads }) };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new UserError(error.message, '`ganc engines` lists what is there', { exitCode: 2, cause: error });
  }
}
