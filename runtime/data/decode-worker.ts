// A thread that decodes. It takes its own queue along, so that it goes on while the main thread is busy training.
import { parentPort } from 'node:worker_threads';
import sharp from 'sharp';
import { type DecodedImage, DecodeError, type DecodeRequest, decode } from './decode.ts';

export interface DecodeJob extends DecodeRequest {
  readonly id: number;
}

export type DecodeReply =
  | { readonly id: number; readonly image: DecodedImage }
  /** `reason` is worded as that of a `DecodeError`. */
  | { readonly id: number; readonly reason: string };

const port = parentPort!;
sharp.concurrency(1);
sharp.cache(false);

let queue = Promise.resolve();
port.on('message', (job: DecodeJob) => {
  queue = queue.then(() => answer(job));
});

async function answer({ id, ...request }: DecodeJob): Promise<void> {
  try {
    const { pixels, ...size } = await decode(request);
    // A copy of its own, whose memory can be handed over instead of copied again.
    const own = new Uint8Array(pixels);
    port.postMessage({ id, image: { pixels: own, ...size } } satisfies DecodeReply, [own.buffer]);
  } catch (error) {
    const reason = error instanceof DecodeError ? error.message : `cannot be decoded (${error})`;
    port.postMessage({ id, reason } satisfies DecodeReply);
  }
}
