/** What a user's bundler makes of imports of the package, and the README's sentence of it. */
import { build } from "esbuild";

/** The bundle of these lines, minified. */
export async function bundled(source: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: process.cwd() },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
    logLevel: "error",
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

/** In kB of 1,000 bytes. */
async function sizeOf(imported: string, entry: string): Promise<number> {
  // Used, or it would be dropped.
  const source = `import ${imported} from "wasm-activations${entry}"; globalThis.used = [${imported.replace(/[{}]|\* as/g, "")}];`;
  return Math.round((await bundled(source)).length / 1000);
}

/** One op and all of each entry. */
async function sizesSentence(): Promise<string> {
  const [one, all] = [await sizeOf("{ relu }", ""), await sizeOf("* as all", "")];
  const [plainOne, plainAll] = [await sizeOf("{ relu }", "/js"), await sizeOf("* as all", "/js")];
  return [
    `Bundled by esbuild and minified, \`relu\` is ${plainOne} kB from \`wasm-activations/js\` and ${one} kB from`,
    `\`wasm-activations\`, the module included; all ops are ${plainAll} and ${all} kB.`,
  ].join("\n");
}

/** The README with the sentence between its markers. */
export async function readmeWithSizes(readme: string): Promise<string> {
  const between = /(?<=<!-- sizes: npm run bench:size -- --readme -->\n\n)[\s\S]*?(?=\n\n<!-- \/sizes -->)/;
  if (!between.test(readme)) throw new Error("README.md lacks the markers of sizes");
  const sentence = await sizesSentence();
  return readme.replace(between, () => sentence);
}
