/** The bundler turns a .wasm file into a text: see wasm/binary.ts. */
declare module "*.wasm" {
  const text: string;
  export default text;
}

/**
 * True in the tests, docs and scripts; false in the published bundle, where esbuild then drops the
 * facts.
 */
declare const ABOUT: boolean;
