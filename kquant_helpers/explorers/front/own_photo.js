// The student's own photo: by a button, dropped onto the explorer, or pasted into it.

const MAX_BYTES = 20_000_000;

// Jupyter's server closes a connection on which a message of more than 10 MiB comes.
const PIECE = 4_000_000;

/** Say why these files are not sent, or nothing. */
export function refusal(files) {
  if (files.length > 1) return "One photo at a time, please: choose one of these.";
  const [file] = files;
  if (file.size === 0) {
    return `${file.name} is empty (zero bytes): copy or download the photo again.`;
  }
  if (file.size > MAX_BYTES) {
    return `${file.name} has ${Math.ceil(file.size / 1e6)} MB, but 20 MB are the most: save it smaller.`;
  }
  return "";
}

function render({ model, el }) {
  const button = document.createElement("button");
  const input = document.createElement("input");
  const message = document.createElement("span");
  button.type = "button";
  button.textContent = "Your own photo…";
  button.title = "Or drop a photo onto the explorer, or paste one here. It stays in memory.";
  input.type = "file";
  input.accept = "image/*,.heic,.heif";
  input.hidden = true;
  message.setAttribute("role", "status");
  el.classList.add("kq-own");
  el.append(button, input, message);

  const say = (text) => {
    message.textContent = text;
  };
  const take = async (list) => {
    const files = [...list];
    if (!files.length) return;
    const why = refusal(files);
    say(why || "Reading the photo…");
    if (why) return;
    try {
      const bytes = await files[0].arrayBuffer();
      for (let at = 0; at < bytes.byteLength; at += PIECE) {
        const about = { name: files[0].name, at, more: at + PIECE < bytes.byteLength };
        model.send(about, undefined, [bytes.slice(at, at + PIECE)]);
      }
    } catch {
      say(`${files[0].name} could not be read: choose it again.`);
    }
  };
  button.addEventListener("click", () => input.click());
  input.addEventListener("change", async () => {
    await take(input.files);
    input.value = "";
  });
  const answered = (content) => say(content.message);
  model.on("msg:custom", answered);

  // The explorer around it is there once this element is on the page.
  const ends = new AbortController();
  const listen = (place) => {
    const mark = (over) => place.classList.toggle("kq-own-over", over);
    // What carries files is taken here; anything else is left to the page.
    const on = (name, run) => {
      const look = (event) => {
        const carried = event.dataTransfer ?? event.clipboardData;
        if (![...(carried?.types ?? [])].includes("Files")) return;
        event.preventDefault();
        event.stopPropagation();
        run(carried.files);
      };
      place.addEventListener(name, look, { signal: ends.signal });
    };
    on("dragover", () => mark(true));
    on("dragleave", () => mark(false));
    on("drop", (files) => {
      mark(false);
      take(files);
    });
    on("paste", take);
  };
  const find = (tries) => {
    const place = el.closest(".kq-explorer");
    if (place) listen(place);
    else if (tries && !ends.signal.aborted) requestAnimationFrame(() => find(tries - 1));
  };
  find(600);
  return () => {
    ends.abort();
    model.off("msg:custom", answered);
  };
}

export default { render };
