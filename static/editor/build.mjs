// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Builds static/js/editor.js from src, with the licences of what is inside at
// its head. With --check it compares instead, and fails on any difference.
// The same package-lock.json gives the same bytes.

import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "../js/editor.js");
const list = join(here, "LICENSES.txt");

const result = await build({
  absWorkingDir: here,
  entryPoints: ["src/editor.js"],
  bundle: true,
  format: "esm",
  target: ["es2022"],
  minify: true,
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  write: false,
  define: { "process.env.NODE_ENV": '"production"' },
});

// The packages whose files are in the bundle.
const packages = new Map();
for (const file of Object.keys(Object.values(result.metafile.outputs)[0].inputs)) {
  const name = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
  if (!name || packages.has(name)) continue;
  const folder = join(here, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  let text = "";
  for (const file of ["LICENSE", "LICENSE.md", "LICENSE.txt"]) {
    try {
      text = readFileSync(join(folder, file), "utf8").replace(/\r\n/g, "\n").trim();
      break;
    } catch {
      // another name
    }
  }
  if (!text || license !== "MIT") throw new Error(`${name}: look at its licence (${license}) first`);
  packages.set(name, { version, text });
}

// Packages with the same licence text stand together.
const byText = new Map();
for (const [name, { version, text }] of [...packages].sort(([a], [b]) => (a < b ? -1 : 1))) {
  byText.set(text, [...(byText.get(text) ?? []), `${name} ${version}`]);
}
const licences = `The visual editor (static/js/editor.js) holds these packages, all with the MIT licence.\n\n${[...byText]
  .map(([text, names]) => `${names.join(", ")}\n\n${text}\n`)
  .join(`\n${"-".repeat(72)}\n\n`)}`;

const code = result.outputFiles[0].text;
const head = `/*! SPDX-License-Identifier: EUPL-1.2 AND MIT
SPDX-FileCopyrightText: The Rugzak contributors, and those named below
Built from static/editor: do not change it here.

${licences.replaceAll("*/", "* /")}*/
`;
const bundle = head + code;
const say = `static/js/editor.js: ${bundle.length} bytes, ${gzipSync(bundle, { level: 9 }).length} compressed, ${packages.size} packages`;
if (process.argv.includes("--check")) {
  const same = readFileSync(target, "utf8") === bundle && readFileSync(list, "utf8") === licences;
  console.log(same ? `${say}: as committed` : `${say}: differs from what is committed, run "make editor"`);
  process.exit(same ? 0 : 1);
}
writeFileSync(target, bundle);
writeFileSync(list, licences);
console.log(say);
