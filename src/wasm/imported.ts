/**
 * The module, compiled by the host that the program is deployed to: there a program may not
 * compile.
 */
import imported from "../../build/kernels.wasm";

/**
 * Undefined where the import gave something else. It is known by its tag: in Next's sandbox it is a
 * module of another realm, of which `instanceof` knows nothing.
 */
export function compile(): WebAssembly.Module | undefined {
  const module: unknown = imported;
  const tag = Object.prototype.toString.call(module);
  return tag === "[object WebAssembly.Module]" ? (module as WebAssembly.Module) : undefined;
}
