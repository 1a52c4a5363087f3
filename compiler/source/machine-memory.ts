/** How much memory a spec is going to be trained in, as far as whoever asks for a check knows. */
export interface MachineMemory {
  readonly bytes: number;
  /** Whose it is, as in `this machine has`. */
  readonly of: string;
}
