import { UserError } from '../user-error.ts';

/** Data that cannot be used as it is: the message names the file, `help` says what to do. */
export class DataError extends UserError {
  override name = 'DataError';
  /** The diagnostic's code where it has one: `label-count-mismatch`. */
  readonly code: string | null;

  constructor(message: string, help: string | null = null, code: string | null = null) {
    super(message, help);
    this.code = code;
  }
}
