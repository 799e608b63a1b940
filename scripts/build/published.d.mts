import type { BuildOptions } from "esbuild";

/** The bundles that are published, of the checkout in a folder: options for esbuild. */
export function published(folder: string): BuildOptions[];
