import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type DecodedImage, DecodeError, type DecodeRequest, decode } from './decode.ts';
import type { DecodeJob, DecodeReply } from './decode-worker.ts';

/** Decodes image files, in the order asked as far as that matters to nobody. */
export interface Decoder {
  /** Rejects with `DecodeError` when the file cannot be used. */
  decode(request: DecodeRequest): Promise<DecodedImage>;
  close(): Promise<void>;
}

/**
 * Decoding in threads of its own. Run from its sources, where Node cannot load the worker as it is TypeScript, the
 * main thread drives the same code.
 */
export function openDecoder(): Decoder {
  const worker = fileURLToPath(new URL('./decode-worker.js', import.meta.url));
  if (!existsSync(worker)) return { decode, close: async () => {} };
  // One core is left to training, and few pictures need more than four.
  return new WorkerDecoder(worker, Math.min(4, Math.max(1, availableParallelism() - 1)));
}

/** A few threads that decode; started at the first request, and none of them keeps the process alive. */
export class WorkerDecoder implements Decoder {
  readonly #file: string;
  readonly #count: number;
  readonly #workers: BusyWorker[] = [];
  #closed = false;

  /** `file` is the bundled `decode-worker.js`. */
  constructor(file: string, count: number) {
    this.#file = file;
    this.#count = count;
  }

  decode(request: DecodeRequest): Promise<DecodedImage> {
    if (this.#closed) return Promise.reject(new Error('the decoder is closed'));
    while (this.#workers.length < this.#count) this.#workers.push(new BusyWorker(this.#file));
    const least = this.#workers.reduce((a, b) => (b.waiting < a.waiting ? b : a));
    return least.decode(request);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#workers.map((worker) => worker.end()));
    this.#workers.length = 0;
  }
}

/** One thread and the promises that wait for it. */
class BusyWorker {
  readonly #worker: Worker;
  readonly #waiting = new Map<
    number,
    { resolve: (image: DecodedImage) => void; reject: (error: Error) => void }
  >();
  #next = 0;
  #gone: Error | null = null;

  constructor(file: string) {
    // Flags of the process, such as --input-type or a debugger's port, are not for the thread.
    this.#worker = new Worker(file, { execArgv: [] });
    this.#worker.unref();
    this.#worker.on('message', (reply: DecodeReply) => {
      const waiting = this.#waiting.get(reply.id)!;
      this.#waiting.delete(reply.id);
      if (this.#waiting.size === 0) this.#worker.unref();
      if ('image' in reply) waiting.resolve(reply.image);
      else waiting.reject(new DecodeError(reply.reason));
    });
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Error('the thread that decodes images has ended')));
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  decode(request: DecodeRequest): Promise<DecodedImage> {
    if (this.#gone) return Promise.reject(this.#gone);
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      this.#waiting.set(id, { resolve, reject });
      // Only while somebody waits does the thread hold the process.
      this.#worker.ref();
      this.#worker.postMessage({ id, ...request } satisfies DecodeJob);
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: Error): void {
    this.#gone ??= error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
