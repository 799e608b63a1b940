/** An instance of the module over a memory of fixed size: no view of it is ever detached. */
import { STATIC_END } from "../kernels.generated.ts";

/** Addresses first, then the number of elements, then parameters. What a kernel does not take is ignored. */
export type Kernel = (...args: number[]) => void;

const PAGE = 65536;

/** The first byte that holds neither a constant nor a table: from here on the memory is ours. */
export const HEAP = Math.ceil(STATIC_END / PAGE) * PAGE;

export class Instance {
  readonly buffer: ArrayBuffer;
  readonly #exports: Readonly<Record<string, Kernel>>;
  readonly #ready = new Map<string, Kernel>();

  /** With `bytes` of memory from HEAP on. Throws a RangeError where so much is not to be had. */
  constructor(module: WebAssembly.Module, bytes: number) {
    const pages = Math.ceil((HEAP + bytes) / PAGE);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    this.buffer = memory.buffer;
    this.#exports = new WebAssembly.Instance(module, { env: { memory } }).exports as Record<string, Kernel>;
  }

  /** The kernel of this name, its table filled. */
  kernel(name: string): Kernel {
    let kernel = this.#ready.get(name);
    if (!kernel) {
      this.#exports[`${name}Table`]?.();
      kernel = this.#exports[name] as Kernel;
      this.#ready.set(name, kernel);
    }
    return kernel;
  }

  isReady(name: string): boolean {
    return this.#ready.has(name);
  }

  /** Takes over the tables that `other` has filled: a copy costs less than to compute them again. */
  adopt(other: Instance): void {
    new Uint8Array(this.buffer, 0, HEAP).set(new Uint8Array(other.buffer, 0, HEAP));
    for (const name of other.#ready.keys()) this.#ready.set(name, this.#exports[name] as Kernel);
  }
}
