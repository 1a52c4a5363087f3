/** What makes a model unusable whatever it is given: the message follows its path, `models/vgg/model.json …`. */
export class ModelError extends Error {
  override name = 'ModelError';
  readonly help: string | null;

  constructor(message: string, help: string | null = null) {
    super(message);
    this.help = help;
  }
}

/** What does not fit is what the model is given, and this layer of it is where that shows. */
export class Misfit extends Error {
  override name = 'Misfit';

  /** `reason` follows the layer: `block1_conv1 has a kernel of [3, 3, 3, 64] …`. */
  constructor(layer: string, reason: string) {
    super(`${layer} ${reason}`);
  }
}
