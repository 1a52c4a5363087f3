const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What a process ends with that was interrupted: 128 and the number of SIGINT. */
export const INTERRUPTED = 130;

/** Turns signals into a request to stop; a second one ends the process at once. */
export function stopOnSignals(asked: () => void): {
  readonly signal: AbortSignal;
  stop(): void;
  release(): void;
} {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    controller.abort();
    asked();
  };
  for (const name of SIGNALS) process.on(name, stop);
  return {
    signal: controller.signal,
    stop,
    release() {
      for (const name of SIGNALS) process.off(name, stop);
    },
  };
}
