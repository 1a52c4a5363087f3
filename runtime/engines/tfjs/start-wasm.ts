import { createRequire } from 'node:module';
import os from 'node:os';
import { dirname, join } from 'node:path';
import { BackendWasm, getThreadsCount, setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import {
  type DataId,
  type DataType,
  getKernelsForBackend,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import { Device } from './device.ts';
import { Meter } from './meter.ts';
import { Loops } from './wasm/loops.ts';

const require = createRequire(import.meta.url);

/** The library starts this many workers, however few it uses; more threads than that would never start. */
const MAX_THREADS = 8;

/** What the library's Emscripten modules take and give, as far as we need it. */
interface WasmModule {
  readonly tfjs: unknown;
  readonly asm: { readonly memory?: WasmMemory };
  readonly PThread?: {
    readonly unusedWorkers: { unref(): void }[];
    readonly runningWorkers: { unref(): void }[];
  };
  cwrap(name: string, result: string | null, args: readonly string[]): unknown;
}
interface WasmMemory {
  readonly buffer: ArrayBufferLike;
}
type WasmFactory = (options: {
  readonly wasmMemory?: WasmMemory;
  readonly mainScriptUrlOrBlob?: string;
  readonly locateFile: (file: string) => string | URL;
}) => Promise<WasmModule>;

/** tfjs's wasm backend, with its memory counted. */
class MeteredWasm extends BackendWasm {
  readonly meter = new Meter();

  override move(...args: Parameters<BackendWasm['move']>): void {
    super.move(...args);
    const [dataId, , shape, dtype] = args;
    this.#allocated(dataId, shape, dtype);
  }

  override makeOutput(...args: Parameters<BackendWasm['makeOutput']>): TensorInfo {
    const output = super.makeOutput(...args);
    // Where no address was given the library has gone through `move`.
    if (args[2] != null) this.#allocated(output.dataId, output.shape, output.dtype);
    return output;
  }

  override disposeData(dataId: DataId, force = false): boolean {
    const released = super.disposeData(dataId, force);
    if (released) this.meter.freed(dataId);
    return released;
  }

  #allocated(dataId: DataId, shape: readonly number[], dtype: DataType): void {
    this.meter.allocated(dataId, util.sizeFromShape([...shape]) * util.bytesPerElement(dtype));
  }
}

/**
 * Starts the wasm backend with SIMD and `threads` threads. The library switches its threads off in Node, since
 * it would start its workers from blobs, which Node cannot; so its module is started from here, with workers
 * that read the library's script from disk. Without threads there is the same module built for one.
 */
export async function startWasm(threads: number): Promise<Device> {
  const count = Math.max(1, Math.min(threads, MAX_THREADS));
  const { module, memory, note } = await startModule(count);
  const { cwrap } = module;
  const one = ['number'];
  const wasm = Object.assign(module, {
    // The functions that the library's own start gives its backend.
    tfjs: {
      init: cwrap('init', null, []),
      initWithThreadsCount: cwrap('init_with_threads_count', null, one),
      getThreadsCount: cwrap('get_threads_count', 'number', []),
      registerTensor: cwrap('register_tensor', null, ['number', 'number', 'number']),
      disposeData: cwrap('dispose_data', null, one),
      dispose: cwrap('dispose', null, []),
    },
  });
  const used = note === null ? count : 1;
  setThreadsCount(used);
  const backend = withProcessors(2 * used, () => new MeteredWasm(wasm as never));
  for (const { setupFunc } of getKernelsForBackend('wasm')) setupFunc?.(backend);
  // Workers wait for work all the time; they must not keep the process from ending.
  for (const worker of [
    ...(module.PThread?.unusedWorkers ?? []),
    ...(module.PThread?.runningWorkers ?? []),
  ]) {
    worker.unref();
  }
  const loops = new Loops(memory ?? module.asm.memory!);
  return new Device('wasm', backend, backend.meter, Math.max(1, getThreadsCount()), loops, note);
}

interface Started {
  readonly module: WasmModule;
  readonly memory: WasmMemory | null;
  /** Why there is one thread where more were asked for. */
  readonly note: string | null;
}

async function startModule(threads: number): Promise<Started> {
  if (threads === 1) return { module: await startSingle(), memory: null, note: null };
  try {
    const memory = sharedMemory();
    return { module: await startThreaded(threads, memory), memory, note: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { module: await startSingle(), memory: null, note: `threads did not start: ${reason}` };
  }
}

/** The memory that the threaded module would make for itself; generated kernels work on it as well. */
function sharedMemory(): WasmMemory {
  type Make = new (options: { initial: number; maximum: number; shared: boolean }) => WasmMemory;
  const { Memory } = (globalThis as unknown as { WebAssembly: { Memory: Make } }).WebAssembly;
  return new Memory({ initial: 256, maximum: 65536, shared: true });
}

async function startSingle(): Promise<WasmModule> {
  const script = scriptOf('tfjs-backend-wasm.js');
  const factory = require(script) as WasmFactory;
  return quietly(() => factory({ locateFile: () => join(dirname(script), 'tfjs-backend-wasm-simd.wasm') }));
}

async function startThreaded(threads: number, wasmMemory: WasmMemory): Promise<WasmModule> {
  const script = scriptOf('tfjs-backend-wasm-threaded-simd.js');
  const factory = require(script) as WasmFactory;
  const worker = workerSource(script);
  return withProcessors(2 * threads, () =>
    quietly(() =>
      factory({
        wasmMemory,
        mainScriptUrlOrBlob: script,
        locateFile: (file) => (file.endsWith('.worker.js') ? worker : join(dirname(script), file)),
      }),
    ),
  );
}

function scriptOf(file: string): string {
  return require.resolve(`@tensorflow/tfjs-backend-wasm/wasm-out/${file}`);
}

/**
 * A worker that evaluates the worker script packed in the library. The package holds it as a string in which
 * the line breaks within its own strings have been evaluated once; they are escaped again.
 */
function workerSource(script: string): URL {
  const source = `
    import { createRequire } from 'node:module';
    const script = ${JSON.stringify(script)};
    Object.assign(globalThis, {
      require: createRequire(script), __filename: script, __dirname: ${JSON.stringify(dirname(script))},
    });
    const { wasmWorkerContents } = require(script.replace(/js$/, 'worker.js'));
    (0, eval)(wasmWorkerContents.replace(/\\n/g, '\\\\n'));`;
  return new URL(`data:text/javascript,${encodeURIComponent(source)}`);
}

/** The library uses at most half of the processors it sees: it is shown `count` of them while it starts. */
function withProcessors<T>(count: number, body: () => T): T {
  const { cpus } = os;
  os.cpus = () => {
    const known = cpus();
    return Array.from({ length: count }, (_, index) => known[index % known.length]!);
  };
  const restore = () => {
    os.cpus = cpus;
  };
  let result: T;
  try {
    result = body();
  } catch (error) {
    restore();
    throw error;
  }
  if (result instanceof Promise) void result.then(restore, restore);
  else restore();
  return result;
}

/** Emscripten listens for every uncaught error of the process and throws it again; those are not its own. */
async function quietly<T>(start: () => Promise<T>): Promise<T> {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map((event) => new Set(process.rawListeners(event)));
  const started = await start();
  events.forEach((event, index) => {
    for (const listener of process.rawListeners(event)) {
      if (!before[index]!.has(listener)) process.removeListener(event, listener as () => void);
    }
  });
  return started;
}
