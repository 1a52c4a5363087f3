/** Counts the tensors and bytes that a backend holds: its own numbers leave out what kernels allocate inside. */
export class Meter {
  tensors = 0;
  bytes = 0;
  /** The largest `bytes` since `startPeak`. */
  peakBytes = 0;
  readonly #sizes = new WeakMap<object, number>();

  startPeak(): void {
    this.peakBytes = this.bytes;
  }

  allocated(dataId: object, bytes: number): void {
    this.#sizes.set(dataId, bytes);
    this.tensors++;
    this.bytes += bytes;
    if (this.bytes > this.peakBytes) this.peakBytes = this.bytes;
  }

  freed(dataId: object): void {
    const bytes = this.#sizes.get(dataId);
    if (bytes === undefined) return;
    this.#sizes.delete(dataId);
    this.tensors--;
    this.bytes -= bytes;
  }
}
