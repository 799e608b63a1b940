/**
 * The module of kernels. Its imports, exports and use of memory are described in docs/abi.md.
 *
 * What the import gives depends on the host: a module that is compiled already (Cloudflare Workers,
 * Vercel Edge, Deno, Node with `import source`) or a URL (bundlers with an asset rule).
 */
declare const kernels: WebAssembly.Module;
export default kernels;
