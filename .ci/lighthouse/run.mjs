// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors
//
// Lets Lighthouse judge six pages of a demonstration as somebody who is signed in
// sees them on a phone: node run.mjs PROGRAM. Fails when one scores below 98.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const least = 98;
const categories = ["performance", "accessibility", "best-practices"];
const [program, out] = process.argv.slice(2);
const box = mkdtempSync(join(tmpdir(), "rugzak-lighthouse-"));
const demo = spawn(program, ["demo", "--data", join(box, "demo"), "--listen", "127.0.0.1:0", "--lang", "nl"], { stdio: ["ignore", "pipe", "inherit"] });

// started waits for the address and the password of the demonstration.
const started = () =>
  new Promise((resolve, reject) => {
    let text = "";
    demo.on("exit", (code) => reject(new Error(`the demonstration ended with ${code}: ${text}`)));
    demo.stdout.on("data", (more) => {
      text += more;
      const at = /http:\/\/[^\s]+/.exec(text)?.[0];
      const password = /rugzak-[a-z0-9]{4}-[a-z0-9]{4}/.exec(text)?.[0];
      if (at && password) resolve({ at, password });
    });
  });

async function main() {
  const { at, password } = await started();
  const answer = await fetch(`${at}/inloggen`, { method: "POST", redirect: "manual", body: new URLSearchParams({ email: "deelnemer@voorbeeld.test", password }) });
  const cookie = answer.headers.getSetCookie().map((c) => c.split(";")[0]).join("; ");
  const link = async (path, pattern) => pattern.exec(await (await fetch(at + path, { headers: { cookie } })).text())?.[0];
  const pages = {
    home: "/",
    entry: await link("/zoeken?q=samen+aan+de+keukentafel", /\/ervaringen\/[a-z0-9]{26}/),
    search: "/zoeken?q=wachttijd",
    "quick entry": "/ik-deel-iets",
    theme: await link("/themas", /\/themas\/[a-z0-9-]+(?=")/),
    "Stand van zaken": "/stand-van-zaken",
  };
  const chrome = await launch({ chromeFlags: ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage"] });
  let low = 0;
  console.log(["page".padEnd(16), ...categories, "first paint", "largest paint", "blocked", "shift"].join("  "));
  try {
    for (const [name, path] of Object.entries(pages)) {
      const { lhr } = await lighthouse(at + path, { port: chrome.port, onlyCategories: categories, extraHeaders: { Cookie: cookie }, logLevel: "error" });
      if (new URL(lhr.finalDisplayedUrl).pathname !== new URL(at + path).pathname) throw new Error(`${path} leads to ${lhr.finalDisplayedUrl}`);
      const scores = categories.map((c) => Math.round(lhr.categories[c].score * 100));
      if (scores.some((s) => s < least)) low++;
      const figures = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"].map((a) => lhr.audits[a].displayValue);
      console.log([name.padEnd(16), ...scores.map((s, i) => String(s).padStart(categories[i].length)), ...figures].join("  "));
      for (const c of categories)
        for (const ref of lhr.categories[c].auditRefs) {
          const audit = lhr.audits[ref.id];
          if (ref.weight > 0 && audit.score !== null && audit.score < 0.9) console.log(`    ${c}: ${audit.id} ${audit.score} ${audit.displayValue ?? audit.title}`);
        }
      if (out) writeFileSync(join(out, `${name.replaceAll(" ", "-")}.json`), JSON.stringify(lhr));
    }
  } finally {
    chrome.kill();
  }
  if (low > 0) throw new Error(`${low} pages score below ${least}`);
}

try {
  await main();
} catch (err) {
  console.error(err.message);
  process.exitCode = 1;
} finally {
  demo.removeAllListeners("exit");
  demo.on("exit", () => rmSync(box, { recursive: true, force: true }));
  demo.kill("SIGTERM");
}
