import type { Engine } from './engine.ts';
import { tensorflow } from './tensorflow/engine.ts';
import { cpu, wasm } from './tfjs/engine.ts';

/** Every engine, the best one first. */
export const engines: readonly Engine[] = [tensorflow, wasm, cpu];

/** Asked for an engine that does not exist. */
export class EngineError extends Error {
  override name = 'EngineError';
}

/**
 * The engine of that name, or the best one that is installed. Nothing is started yet: whether it runs here turns
 * out when it opens, or when it describes itself.
 */
export function openEngine(name?: string): Engine {
  const engine = engines.find((known) => (name === undefined ? known.present() : known.name === name));
  if (engine) return engine;
  const names = engines.map((known) => known.name).join(' or ');
  throw new EngineError(`there is no engine named ${name}; use ${names}`);
}
