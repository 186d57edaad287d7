// Run a Python file in Pyodide under Node:
//   node in_pyodide.mjs PYODIDE FILE NAME=FOLDER … argument …
// Each folder is found at /NAME; the package and its needs come from PYODIDE, as in a browser.
import { pathToFileURL } from "node:url";
import { readFileSync } from "node:fs";

const [folder, file, ...rest] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`));
const pyodide = await loadPyodide({
  indexURL: folder,
  env: { MPLBACKEND: "Agg", HOME: "/home/pyodide" },
  packages: ["kquant-helpers", "ipython", "ipywidgets", "comm"],
});
for (const mount of rest.filter((each) => each.includes("="))) {
  const [name, root] = mount.split("=");
  pyodide.FS.mkdir(`/${name}`);
  pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root }, `/${name}`);
}
pyodide.globals.set(
  "arguments",
  pyodide.toPy(rest.filter((each) => !each.includes("="))),
);
process.exit(pyodide.runPython(readFileSync(file, "utf8")) ?? 0);
