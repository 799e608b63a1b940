/**
 * The module, compiled by the host that the program is deployed to: there a program may not
 * compile.
 */
import imported from "../../build/kernels.wasm";

/** Undefined where the import gave something else. */
export function compile(): WebAssembly.Module | undefined {
  const module: unknown = imported;
  return module instanceof WebAssembly.Module ? module : undefined;
}
