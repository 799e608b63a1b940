/** The bundler turns a .wasm file into a text: see wasm/binary.ts. */
declare module "*.wasm" {
  const text: string;
  export default text;
}
