/**
 * An esbuild plugin: `text:./file` is what that file becomes for a browser, bundled and minified,
 * as text.
 */
import { dirname, resolve } from "node:path";
import { build as bundle } from "esbuild";

const PREFIX = /^text:/;

/** In the text, the package itself is left out: whoever uses the text puts in where it is. */
const PACKAGE = "package:js";
const leavePackage = {
  name: "leave-package",
  setup({ onResolve }) {
    onResolve({ filter: /\/src\/index\.ts$/ }, () => ({ path: PACKAGE, external: true }));
  },
};

export const bundleAsText = {
  name: "bundle-as-text",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: PREFIX }, ({ path, importer }) => ({
      path: resolve(dirname(importer), path.replace(PREFIX, "")),
      namespace: "text",
    }));
    onLoad({ filter: /./, namespace: "text" }, async ({ path }) => {
      const { outputFiles, metafile } = await bundle({
        entryPoints: [path],
        bundle: true,
        write: false,
        metafile: true,
        format: "esm",
        target: "es2022",
        conditions: ["plain-js"],
        define: { ABOUT: "false" },
        minify: true,
        plugins: [leavePackage],
        legalComments: "none",
        // Inside an HTML document the text must not end its own element.
        supported: { "inline-script": false },
      });
      return {
        contents: outputFiles[0].text,
        loader: "text",
        watchFiles: Object.keys(metafile.inputs).map((file) => resolve(file)),
      };
    });
  },
};
