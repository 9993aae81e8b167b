// Bundles the views: a loader that every widget carries, and rembi.js, which a page fetches once.
import { readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const out = process.argv[2] ?? "../rembi_widgets/static";
const common = {
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  logLevel: "warning",
};

await build({ ...common, entryPoints: ["src/loader.ts"], outfile: `${out}/loader.js` });
const styles = await build({
  entryPoints: ["src/styles.css"],
  bundle: true,
  minify: true,
  target: "es2022",
  write: false,
  logLevel: "warning",
});
await build({
  ...common,
  entryPoints: ["src/main.tsx"],
  outfile: `${out}/rembi.js`,
  define: { __STYLES__: JSON.stringify(styles.outputFiles[0].text) },
});
const notice = await readFile("node_modules/preact/LICENSE", "utf8");
await writeFile(`${out}/LICENSES.txt`, `preact\n\n${notice}`);
