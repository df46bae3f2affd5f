// Builds static/dist: styles, scripts, fonts and the icon sprite under hashed names, and the
// manifest that app/core/web reads. Run by `make setup` through `npm run build`.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(HERE);
const DIST = join(HERE, "dist");
// Built beside dist and renamed at the end, so that a running server never sees half a build.
const DRAFT = join(HERE, `dist-${process.pid}`);
const MODULES = join(ROOT, "node_modules");

const ENTRIES = ["css/app.css", "js/theme.js", "js/app.js", "js/live.js", "js/composer.js", "js/look.js", "js/staff.js"];
const FONT_PACKAGES = ["source-sans-3", "source-serif-4"];
// The one font that every page shows at once; the layout preloads it by this name.
const PRELOADED = { "source-sans-3-latin-wght-normal": "text-font.woff2" };

async function main() {
  await rm(DRAFT, { recursive: true, force: true });
  await mkdir(DRAFT, { recursive: true });
  const manifest = { ...(await bundles()), "icons.svg": await sprite() };
  await licences();
  await writeFile(join(DRAFT, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");
  await compress();
  await rm(DIST, { recursive: true, force: true });
  await rename(DRAFT, DIST);
}

async function bundles() {
  const { metafile } = await build({
    entryPoints: ENTRIES.map((entry) => join(HERE, entry)),
    outdir: DRAFT,
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    bundle: true,
    minify: true,
    format: "iife",
    target: ["chrome111", "firefox113", "safari16.4"],
    loader: { ".woff2": "file" },
    legalComments: "linked",
    metafile: true,
    logLevel: "warning",
  });
  const names = {};
  for (const [path, output] of Object.entries(metafile.outputs)) {
    const file = basename(path);
    if (output.entryPoint) names[basename(output.entryPoint)] = file;
    const font = Object.keys(PRELOADED).find((start) => file.startsWith(start));
    if (font) names[PRELOADED[font]] = file;
  }
  return names;
}

async function sprite() {
  const wanted = (await readFile(join(HERE, "icons.txt"), "utf8")).split("\n").filter(Boolean);
  const symbols = await Promise.all(wanted.map(symbol));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
  const hash = createHash("sha256").update(svg).digest("hex").slice(0, 8);
  const file = `icons-${hash}.svg`;
  await writeFile(join(DRAFT, file), svg);
  return file;
}

async function symbol(name) {
  const svg = await readFile(join(MODULES, "bootstrap-icons/icons", `${name}.svg`), "utf8");
  const [, box, shapes] = svg.match(/viewBox="([^"]+)"[^>]*>(.*)<\/svg>/s);
  return `<symbol id="${name}" viewBox="${box}">${shapes.replace(/\s*\n\s*/g, "")}</symbol>`;
}

// The fonts' licence (OFL) asks to travel with every copy; the icons' (MIT) likewise.
async function licences() {
  for (const font of FONT_PACKAGES) {
    const from = join(MODULES, "@fontsource-variable", font, "LICENSE");
    await cp(from, join(DRAFT, `${font}-LICENSE.txt`));
  }
  await cp(join(MODULES, "bootstrap-icons/LICENSE"), join(DRAFT, "icons-LICENSE.txt"));
}

// Once here instead of for every visitor; app/core/web/assets.py sends what the browser takes.
async function compress() {
  const texts = (await readdir(DRAFT)).filter((file) => /\.(?:css|js|svg|txt)$/.test(file));
  await Promise.all(
    texts.map(async (file) => {
      const path = join(DRAFT, file);
      const content = await readFile(path);
      const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
      await writeFile(`${path}.br`, await promisify(brotliCompress)(content, quality));
      await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
    }),
  );
}

await main();
for (const file of (await readdir(DIST)).sort()) console.log(relative(ROOT, join(DIST, file)));
