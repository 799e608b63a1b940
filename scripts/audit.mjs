/**
 * Known vulnerabilities of what the package is built with; of its own dependencies it has none.
 *
 * A registry that keeps no list of them is said: then nothing was looked at.
 */
import { spawnSync } from "node:child_process";

const { stdout } = spawnSync("npm", ["audit", "--json"], { encoding: "utf8" });
const { metadata, message } = JSON.parse(stdout);
if (!metadata) {
  console.log(`npm audit: NOT RUN, the registry does not answer: ${message}`);
} else {
  const { total } = metadata.vulnerabilities;
  console.log(`npm audit: ${total} known vulnerabilities in ${metadata.dependencies.total} packages`);
  if (total > 0) {
    spawnSync("npm", ["audit"], { stdio: "inherit" });
    process.exitCode = 1;
  }
}
