/** What gives a report on another machine. */
export const COMMAND = "npx wasm-activations bench --html report.html";
