/** The programs that consumers run. */

/** Prints what it measured. */
export const PROGRAM =
  'import * as lib from "wasm-activations";\nimport { measure } from "./measure.js";\nconsole.log(measure(lib));\n';

/** The same with a test of a runner, which allows each only some time. */
export const TEST = PROGRAM.replace(
  /console\.log.*/,
  'const said = measure(lib);\ntest("runs", () => console.log(said));',
);

/** A small program, as users write them, and what it prints. */
export const RELU = `import { relu } from "wasm-activations";
console.log([...relu(new Float32Array([-2, 0, 3]))].join());
`;
export const RELU_PRINTS = "0,0,3";
