/**
 * The programs of `users/`, which put the package in the place of other people's loops:
 * docs/adopting.md.
 */
import { readFileSync } from "node:fs";
import { fileOf } from "../../scripts/files.ts";
import type { Check, Found } from "./check.ts";
import { type Files, project, run } from "./place.ts";

interface User {
  readonly program: string;
  readonly tools: readonly string[];
  readonly files?: Files;
}

/** transformers.js without the engines of its models and without images: 20 MB, not 456. */
const SMALL = {
  private: true,
  type: "module",
  overrides: {
    "onnxruntime-node": "npm:onnxruntime-common",
    "onnxruntime-web": "npm:onnxruntime-common",
    sharp: "file:./sharp",
  },
};

const USERS: Readonly<Record<string, User>> = {
  "transformers.js": {
    program: "transformers.mjs",
    tools: ["@huggingface/transformers", "onnxruntime-common", "--ignore-scripts", "--omit=optional"],
    files: {
      "package.json": JSON.stringify(SMALL),
      "sharp/package.json": '{ "name": "sharp", "version": "0.34.0", "type": "module", "exports": "./index.js" }',
      "sharp/index.js": "export default () => {};\n",
    },
  },
  "brain.js": { program: "brain.mjs", tools: ["brain.js@1", "--ignore-scripts"] },
  "ml-matrix": { program: "matrix.mjs", tools: ["ml-matrix"] },
  "TensorFlow.js": { program: "tensorflow.mjs", tools: ["@tensorflow/tfjs", "--ignore-scripts"] },
};

/** What a program prints is for the reader; that it ends well is the result. */
async function check(name: string, { program, tools, files = {} }: User): Promise<Found> {
  const texts = [program, "beside.mjs"].map((file) => [
    file,
    readFileSync(fileOf(`test/consumers/users/${file}`), "utf8"),
  ]);
  const cwd = await project(`user ${name}`, tools, { ...Object.fromEntries(texts), ...files });
  const said = await run(process.execPath, [program], { cwd });
  console.log(said.trim().replaceAll(/^/gm, "  "));
  return { note: "within the bounds of the package" };
}

export const users: readonly Check[] = Object.entries(USERS).map(([name, user]) => ({
  group: "In the place of loops",
  name,
  run: () => check(name, user),
}));
