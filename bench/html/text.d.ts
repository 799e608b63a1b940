/** Files that are bundled, minified, into the importing one as text: scripts/build/text.mjs. */
declare module "text:*" {
  const text: string;
  export default text;
}
