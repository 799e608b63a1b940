/**
 * The end of a script that everywhere.ts runs: prints what it found as a line of JSON, or in a page
 * sends it to the server.
 */
export async function report(found: object): Promise<void> {
  const json = JSON.stringify(found);
  if (typeof document === "undefined") console.log(json);
  else await fetch("/report", { method: "POST", body: json });
}
