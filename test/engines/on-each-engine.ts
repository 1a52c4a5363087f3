import { describe } from 'vitest';
import { engines } from '../../runtime/engines/index.ts';

/**
 * Describes tests of some engines. One that is not installed is skipped, and the name of its tests says how to
 * have them run.
 */
export function describeOn(names: readonly string[], what: string, tests: (engine: string) => void): void {
  for (const engine of engines.filter(({ name }) => names.includes(name))) {
    const { name } = engine;
    const isMissing = !engine.present();
    const why = ` (skipped: not installed here; run "ganc engine install ${name}", then the tests again)`;
    describe.skipIf(isMissing)(`${what} on ${name}${isMissing ? why : ''}`, () => tests(name));
  }
}
