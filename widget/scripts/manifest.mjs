// After the build: the manifest with the hash that a page may put into integrity="...", the licence texts of what is in the
// bundle, and the languages that are fetched when asked for.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const STATIC = here("../../bot/channel/static/");
const BUNDLED = ["lit", "lit-html", "lit-element", "@lit/reactive-element"];

const { version } = JSON.parse(readFileSync(here("../package.json"), "utf8"));
const script = readFileSync(`${STATIC}stridewell.js`);
const manifest = {
  file: "stridewell.js",
  version,
  integrity: `sha384-${createHash("sha384").update(script).digest("base64")}`,
  bytes: script.length,
  gzip: gzipSync(script, { level: 9 }).length,
};
writeFileSync(`${STATIC}stridewell.manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);

const licences = BUNDLED.map((name) => {
  const folder = here(`../node_modules/${name}/`);
  const about = JSON.parse(readFileSync(`${folder}package.json`, "utf8"));
  return `${name} ${about.version} (${about.license})\n\n${readFileSync(`${folder}LICENSE`, "utf8").trim()}\n`;
});
const head = "stridewell.js contains the following libraries.\n";
writeFileSync(`${STATIC}stridewell.licences.txt`, [head, ...licences].join(`\n${"-".repeat(72)}\n\n`));

mkdirSync(`${STATIC}words`, { recursive: true });
for (const file of readdirSync(here("../src/words/")).filter((name) => name !== "en.json")) {
  copyFileSync(here(`../src/words/${file}`), `${STATIC}words/${file}`);
}
console.log(`${manifest.bytes} bytes, ${manifest.gzip} gzip, ${manifest.integrity}`);
