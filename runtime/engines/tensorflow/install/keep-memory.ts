import { writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * TensorFlow takes and gives back the memory of every tensor in every step. The C library of Linux returns blocks
 * from 32 MiB on to the system at once, and each page of the next such block then costs a fault: a step with
 * large kernels, such as pix2pix's, takes more than twice as long. Loaded with the addon, this keeps what was
 * freed. Other C libraries are left alone.
 */
const SOURCE = `#include <cstdlib>
#ifdef __GLIBC__
#include <climits>
#include <malloc.h>
namespace {
[[maybe_unused]] const bool keeps_memory =
    mallopt(M_MMAP_MAX, 0) && mallopt(M_TRIM_THRESHOLD, INT_MAX) && mallopt(M_TOP_PAD, 64 << 20);
}
#endif
`;

/** Writes it beside the addon's sources; gives the compiler's flags that build it in. */
export async function keepMemory(folder: string): Promise<string> {
  const file = path.join(folder, 'keep-memory.h');
  await writeFile(file, SOURCE);
  return `-include "${file}"`;
}
