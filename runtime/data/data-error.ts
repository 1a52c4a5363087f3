/** Data that cannot be used as it is: the message names the file, `help` says what to do. */
export class DataError extends Error {
  override name = 'DataError';
  readonly help: string | null;
  /** The diagnostic's code where it has one: `label-count-mismatch`. */
  readonly code: string | null;

  constructor(message: string, help: string | null = null, code: string | null = null) {
    super(message);
    this.help = help;
    this.code = code;
  }
}
