/** Files that are there whole or not at all. */
import { accessSync, closeSync, constants, openSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** A device or a pipe cannot be replaced by another file. */
function isSpecial(file: string): boolean {
  const known = statSync(file, { throwIfNoEntry: false });
  return known !== undefined && !known.isFile();
}

const unfinishedName = (file: string) => `${file}.${process.pid}.part`;

/**
 * Before minutes of measuring, rather than after.
 *
 * @throws Error if the file cannot be written
 */
export function checkWritable(file: string): void {
  if (isSpecial(file)) {
    if (statSync(file).isDirectory()) throw new Error(`${file} is a folder`);
    accessSync(file, constants.W_OK);
    return;
  }
  const unfinished = unfinishedName(file);
  closeSync(openSync(unfinished, "w"));
  rmSync(unfinished);
  if (statSync(file, { throwIfNoEntry: false })) accessSync(file, constants.W_OK);
  else accessSync(dirname(file), constants.W_OK);
}

/** @throws Error if the disk is full, say; the file is then as it was before */
export function writeWhole(file: string, text: string): void {
  if (isSpecial(file)) {
    writeFileSync(file, text);
    return;
  }
  const unfinished = unfinishedName(file);
  try {
    writeFileSync(unfinished, text);
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}
