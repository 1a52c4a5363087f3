import type { Model } from '../3-check/model.ts';

/** The networks that have an averaged copy, since an update of theirs says `ema`. */
export function averagedNetworks({ training }: Model): ReadonlySet<string> {
  return new Set(training?.updates.flatMap(({ ema, networks }) => (ema === null ? [] : networks)));
}
