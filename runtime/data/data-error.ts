import { UserError } from '../user-error.ts';

/**
 * Data that cannot be used as it is: the message names the file, `help` says what to do. What does not fit the spec
 * is a `FoundError`.
 */
export class DataError extends UserError {
  override name = 'DataError';
  /** What kind of trouble it is, for who can say more about it: `data-not-found`. */
  readonly code: string | null;

  constructor(message: string, help: string | null = null, code: string | null = null) {
    super(message, help);
    this.code = code;
  }
}
