/**
 * Compiles AssemblyScript files to build/NAME.wasm, with its constants hoisted, and
 * build/NAME.plain.wasm and .wat, without.
 */
export function compile(name: string, files: readonly string[]): void;
