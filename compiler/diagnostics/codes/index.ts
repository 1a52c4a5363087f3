import type { DiagnosticDefinition } from '../diagnostic.ts';
import * as all from './all.ts';

export * from './all.ts';

/** Every kind of mistake, in the order of the table of mistakes; those without a number follow by name. */
export const diagnosticDefinitions: readonly DiagnosticDefinition<never, string>[] = Object.values<
  DiagnosticDefinition<never, string>
>(all).sort((a, b) => (a.number ?? 1000) - (b.number ?? 1000) || a.code.localeCompare(b.code));
