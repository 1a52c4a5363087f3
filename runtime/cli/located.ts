import { placeInModel } from '../../compiler/3-check/place-in-model.ts';
import type { Checked } from '../../compiler/index.ts';
import { FoundError } from '../found-error.ts';

/** Does something with a spec that has been checked; a mistake that shows only now learns where it was made. */
export async function located<T>({ model, sources }: Checked, work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FoundError && model) {
      const span = placeInModel(model, error.about);
      if (span) error.place = { span, sources };
    }
    throw error;
  }
}
