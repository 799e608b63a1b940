/** The files of the package, as the command sees them: its parts lie in dist/cli/. */
export const packageFile = (name: string): URL => new URL(`../../${name}`, import.meta.url);
