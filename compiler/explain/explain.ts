import { constraints } from '../constraints/index.ts';
import { diagnosticDefinitions } from '../diagnostics/codes/index.ts';
import { suggestName, termFor } from '../diagnostics/framework-spellings.ts';
import { nearestFew } from '../diagnostics/nearest.ts';
import { distributions } from '../distributions/index.ts';
import { functions } from '../functions/index.ts';
import { layers } from '../layers/index.ts';
import { presets } from '../losses/presets.ts';
import { measures } from '../measures/index.ts';
import { optimizers } from '../optimizers/index.ts';
import { penalties } from '../regularizers/index.ts';
import { schedules } from '../schedules/index.ts';
import { sources } from '../sources/index.ts';
import { primitivesByName } from '../tensor/registry.ts';
import { definitionPage, layerPage, penaltyPage } from './definition-page.ts';
import { diagnosticPage } from './diagnostic-page.ts';
import { lossPage } from './loss-page.ts';
import { measurePage } from './measure-page.ts';
import { PAGE_KINDS, type Page, type PageKind } from './page.ts';
import { primitivePage } from './primitive-page.ts';
import { words } from './words/index.ts';
import { wordPage } from './words/word.ts';

let all: readonly Page[] | null = null;

/** Every page of the reference, kind by kind in the order of `PAGE_KINDS`. */
export function pages(): readonly Page[] {
  all ??= [
    ...layers.map((layer) => layerPage('layer', layer)),
    ...functions.map((layer) => layerPage('function', layer)),
    ...presets().map(({ loss, text }) => lossPage(loss, text)),
    ...penalties.map(penaltyPage),
    ...optimizers.map((optimizer) => definitionPage('optimizer', optimizer)),
    ...schedules.map((schedule) => definitionPage('schedule', schedule)),
    ...distributions.map((distribution) => definitionPage('distribution', distribution)),
    ...constraints.map((constraint) => definitionPage('constraint', constraint)),
    ...sources.map((source) => definitionPage('source', source)),
    ...measures.map(measurePage),
    ...words.map(wordPage),
    ...diagnosticDefinitions.map(diagnosticPage),
    ...[...primitivesByName().values()].map(primitivePage),
  ];
  return all;
}

export type Explanation =
  /** The page, and others of the same name. */
  | { readonly page: Page; readonly others: readonly Page[] }
  /** There is none; names that were probably meant, the likeliest first. */
  | { readonly page: null; readonly nearest: readonly string[] };

/**
 * The page about a name, else one that the name leads to; `kind` picks one where several things have it: a layer and a
 * primitive `tanh`.
 */
export function explain(name: string, kind: PageKind | null = null): Explanation {
  const candidates = kind === null ? pages() : pages().filter((page) => page.kind === kind);
  const [page, ...others] = [
    ...candidates.filter((candidate) => candidate.name === name),
    ...candidates.filter(({ also }) => also?.includes(name)),
  ];
  if (page) return { page, others };
  const kinds = kind === null ? PAGE_KINDS : [];
  // Signs lead to pages, too, but nobody meant one who wrote a word.
  const known = candidates
    .flatMap((page) => [page.name, ...(page.also ?? [])])
    .filter((word) => /^\w\w/.test(word));
  const names = new Set([...known, ...kinds]);
  const term = termFor(name.toLowerCase());
  const meant = names.has(term) ? term : suggestName(name, names).name;
  return { page: null, nearest: [...new Set([...(meant ? [meant] : []), ...nearestFew(name, names, 4)])] };
}

export { PAGE_KINDS, type Page, type PageKind };
