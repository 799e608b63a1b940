/** A copy of the checkout, in which mutants are built and tested: build/mutate/NAME/. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import binaryen from "binaryen";
import { build } from "esbuild";
import { hoistModule } from "../build/hoist.mjs";
import { published } from "../build/published.mjs";
import { fileOf, filesIn } from "../files.ts";

export class Copy {
  readonly folder: string;

  constructor(name: string) {
    this.folder = fileOf(`build/mutate/${name}`);
    if (!existsSync(fileOf("dist/index.js"))) throw new Error("mutate: the package is not built (npm run build)");
    rmSync(this.folder, { recursive: true, force: true });
    const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
      cwd: fileOf(""),
      encoding: "utf8",
    });
    const built = [
      ...filesIn("dist", /\.\w+$/),
      ...filesIn("build", /^build\/[\w.]+\.wa\w+$/),
      ...filesIn("src", /\.generated\.ts$/),
    ];
    for (const file of [...listed.split("\0"), ...built]) {
      if (file === "" || !existsSync(fileOf(file))) continue;
      mkdirSync(dirname(this.pathOf(file)), { recursive: true });
      cpSync(fileOf(file), this.pathOf(file));
    }
    symlinkSync(fileOf("node_modules"), this.pathOf("node_modules"));
  }

  pathOf(file: string): string {
    return join(this.folder, file);
  }

  write(file: string, text: string | Uint8Array): void {
    writeFileSync(this.pathOf(file), text);
  }

  /** Makes a file what it is in the checkout. */
  restore(file: string): void {
    cpSync(fileOf(file), this.pathOf(file));
  }

  /** Makes the module of kernels of a text, before and after its constants are hoisted. */
  assemble(text: string): void {
    const { memoryBase } = JSON.parse(readFileSync(this.pathOf("asconfig.json"), "utf8")).options;
    const module = binaryen.parseText(text);
    module.setFeatures(binaryen.Features.All);
    const plain = module.validate() ? module.emitBinary() : undefined;
    module.dispose();
    if (!plain) throw new Error("the module is not valid");
    this.write("build/kernels.plain.wasm", plain);
    const hoisted = hoistModule(plain, memoryBase);
    for (const folder of ["build", "dist"]) this.write(`${folder}/kernels.wasm`, hoisted);
  }

  restoreKernels(): void {
    for (const file of ["build/kernels.plain.wasm", "build/kernels.wasm", "dist/kernels.wasm"]) this.restore(file);
  }

  /** Builds the entries; false where they are what they were without the change. */
  async bundle(): Promise<boolean> {
    const entries = published(this.folder);
    await Promise.all(entries.map((entry) => build({ ...entry, logLevel: "silent" })));
    const files = entries.flatMap(({ entryPoints }) => Object.keys(entryPoints ?? {}).map((name) => `dist/${name}.js`));
    return files.some((file) => !readFileSync(this.pathOf(file)).equals(readFileSync(fileOf(file))));
  }
}
