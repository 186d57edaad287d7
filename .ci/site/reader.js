/**
 * Tell the reader in one sentence what a browser cannot do here, and how to lose nothing.
 *
 * Runs before JupyterLab does. Work lives in the browser's storage: a write that finds no room
 * would otherwise fail without a word that a student understands.
 */
(() => {
  const NO_WEBASSEMBLY =
    "This browser does not run WebAssembly, and without it no cell runs here: " +
    "open the lesson in another browser.";
  const NO_STORAGE =
    "This browser stores nothing for this page, and without storage JupyterLab does not start: " +
    "allow this site's cookies and data, and load the page again.";
  const UNSAFE_STORAGE =
    "This browser may not keep your work after you close this page: " +
    "download the notebook before you do (menu File, Download).";
  const NO_ROOM =
    "This browser's storage is full, so your last changes are only on this page: " +
    "download the notebook now (menu File, Download), then make room on the disk.";

  /** Show a sentence above the page until it is closed; the same one is shown once. */
  function tell(sentence) {
    if (document.querySelector(`[data-kquant="${sentence}"]`)) return;
    const bar = document.createElement("div");
    bar.setAttribute("role", "alert");
    bar.dataset.kquant = sentence;
    bar.style.cssText =
      "position: fixed; inset: auto 0 0; z-index: 100000; display: flex; gap: 1em; " +
      "align-items: center; justify-content: center; padding: 0.8em 1em; " +
      "font: 16px/1.4 sans-serif; color: #111; background: #ffe9a8; border-top: 2px solid #8a6100";
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "Close";
    close.addEventListener("click", () => bar.remove());
    bar.append(sentence, close);
    document.documentElement.append(bar);
  }

  // What JupyterLab could not save, it says in the browser's words, and passes on.
  addEventListener("unhandledrejection", ({ reason }) => {
    if (reason?.name === "QuotaExceededError") tell(NO_ROOM);
  });
  if (typeof WebAssembly !== "object") tell(NO_WEBASSEMBLY);
  try {
    localStorage.getItem("kquant");
  } catch {
    tell(NO_STORAGE);
    return;
  }
  try {
    const opened = indexedDB.open("kquant");
    opened.addEventListener("error", () => tell(UNSAFE_STORAGE));
    opened.addEventListener("success", () => opened.result.close());
  } catch {
    tell(UNSAFE_STORAGE);
  }
})();
