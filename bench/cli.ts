#!/usr/bin/env node
/**
 * The command `wasm-activations`. Each subcommand is loaded when it is called: a process that
 * measures needs no more.
 */

const USAGE = `wasm-activations: activation functions as WebAssembly SIMD kernels

  npx wasm-activations bench       what each activation costs here; bench --help for its options
  npx wasm-activations --version
`;

async function main([command, ...args]: readonly string[]): Promise<number> {
  switch (command) {
    case "bench":
      return (await import("./bench.ts")).bench(args);
    case "child":
      await (await import("./measure/node.ts")).child(args[0] ?? "");
      return 0;
    case "--version":
    case "-v":
      return (await import("./bench.ts")).bench(["--version"]);
    case "--help":
    case "-h":
      process.stdout.write(USAGE);
      return 0;
    default:
      process.stderr.write(
        `wasm-activations: ${command === undefined ? "a command is missing" : `there is no command ${command}`}\n\n${USAGE}`,
      );
      return 2;
  }
}

// Whoever reads the output may stop early (bench | head), and a disk may be full.
process.stdout.on("error", (error) => {
  process.stderr.write(`wasm-activations: the output could not be written: ${error.message}\n`);
  process.exit(1);
});

process.exitCode = await main(process.argv.slice(2));

export {};
