/** The bundler turns a .wasm file into its base64 text. */
declare module "*.wasm" {
  const base64: string;
  export default base64;
}
