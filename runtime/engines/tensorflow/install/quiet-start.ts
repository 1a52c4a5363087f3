import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { QUIET_START } from '../library.ts';
import { run } from './run-program.ts';
import type { Tools } from './tools.ts';

/**
 * TensorFlow says on standard error that oneDNN is on, as its library is loaded: before anybody can ask it not to, and
 * whatever `TF_CPP_MIN_LOG_LEVEL` says. Loaded first, this loads that library with standard error turned away for as
 * long as that takes. Where it fails, so does the addon after it, and tells why.
 */
const SOURCE = `#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

extern "C" void *napi_register_module_v1(void *, void *exports) { return exports; }

namespace {
[[maybe_unused]] const bool is_loaded = [] {
  const int kept = dup(STDERR_FILENO);
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (kept >= 0 && nowhere >= 0) dup2(nowhere, STDERR_FILENO);
  const bool loaded = dlopen("libtensorflow_framework.so.2", RTLD_LAZY) != nullptr;
  if (kept >= 0 && nowhere >= 0) dup2(kept, STDERR_FILENO);
  if (kept >= 0) close(kept);
  if (nowhere >= 0) close(nowhere);
  return loaded;
}();
}
`;

/** Builds it beside the addon, on Linux, where TensorFlow has oneDNN. Without it there are two lines more to read. */
export async function buildQuietStart(
  addon: string,
  { compiler }: Tools,
  signal?: AbortSignal,
): Promise<void> {
  if (process.platform !== 'linux') return;
  const folder = path.dirname(addon);
  const source = path.join(folder, 'quiet-start.cc');
  await writeFile(source, SOURCE);
  const flags = ['-std=c++17', '-O2', '-shared', '-fPIC', '-Wl,-rpath,$ORIGIN/../../deps/lib'];
  await run(compiler, [...flags, source, '-o', path.join(folder, QUIET_START), '-ldl'], {
    cwd: folder,
    signal,
  });
  await rm(source);
}
