/**
 * Reads what `pretrained … from "…"` names, on behalf of a compiler that reads no files itself: a TensorFlow.js
 * Layers model on disk, its weights left where they are. `declaredIn` is the name of the file that says so, which the path
 * is relative to.
 */
export type ModelFinder = (from: string, declaredIn: string) => FoundModel;

export type FoundModel =
  | {
      readonly kind: 'found';
      /** `modelTopology` of the file as it stands there: JSON that nobody has looked at. */
      readonly topology: unknown;
      /** The tensors that its weight files hold, by name, with their shapes. */
      readonly tensors: ReadonlyMap<string, readonly number[]>;
    }
  | UnusableModel;

export interface UnusableModel {
  readonly kind: 'unusable';
  /** What is wrong, as a sentence that begins with the path: `models/vgg/model.json is not there`. */
  readonly problem: string;
  /** Starts with a verb. */
  readonly help: string | null;
}

/** For whoever has no files, such as a browser: every model is missing. */
export const noModels: ModelFinder = (from) => ({
  kind: 'unusable',
  problem: `${from} is not there`,
  help: 'put the model there; the path begins at the folder of this file',
});
