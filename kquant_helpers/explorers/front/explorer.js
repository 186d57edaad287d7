/**
 * The front end of kquant's explorers: pictures that are compared, zoomed, read and picked.
 *
 * `mount(element, source)` draws an explorer's views and knows nothing of notebooks; a source
 * hands it views and takes picks. The default export is the glue to anywidget, where views come
 * from a kernel; a page without one can mount the same explorer on views computed ahead.
 * What a view looks like on the way is told in `kquant_helpers/explorers/wire.py`.
 */

/** What both sides must agree on; a page kept from an older version says so kindly. */
export const PROTOCOL = 1;

const SCALES = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64];
const DIFFERENCE_TIMES = 8;
const KEPT_PHOTOS = 8;
const OPAQUE = 0xff000000;
const IDENTITY = Uint8Array.from({ length: 256 }, (_, value) => value);
const HINT = "Drag the line, point at a pixel, zoom with + and −.";
const KEYS =
  "Arrow keys move a cursor that reads pixels, with Shift ten at a time. Enter picks. " +
  "Plus and minus zoom, 0 shows all, D shows the difference, F fills the screen.";
const OTHER_VERSION =
  "This page was opened with another version of kquant: reload it and run the cell again.";
const BROKEN = "The picture did not arrive whole: run the cell again.";

/** A problem that is told to the reader in the picture's place. */
class Problem extends Error {}

/** Return the bytes of anything that holds some. */
function bytesOf(data) {
  return new Uint8Array(data.buffer ?? data, data.byteOffset ?? 0, data.byteLength);
}

/** Unpack what zlib has packed. */
async function inflate(data) {
  if (typeof DecompressionStream === "undefined") {
    throw new Problem("This browser is too old to show the pictures: please update it.");
  }
  const stream = new Blob([bytesOf(data)]).stream();
  const unpacked = stream.pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
}

/** Unpack JSON that zlib has packed. */
export async function inflateJson(data) {
  return JSON.parse(new TextDecoder().decode(await inflate(data)));
}

/** Unpack pixels, of which each row is kept as the difference to the row above. */
async function inflatePixels(data, stride) {
  const pixels = await inflate(data);
  for (let i = stride; i < pixels.length; i++) pixels[i] += pixels[i - stride];
  return pixels;
}

/** Return the opaque RGBA of pixels that have one or three channels, as 32-bit numbers. */
function fromPixels(pixels, channels, tables = IDENTITY) {
  const rgba = new Uint32Array(pixels.length / channels);
  // One table may serve all channels.
  const [green, blue] = channels === 3 && tables.length > 256 ? [256, 512] : [0, 0];
  if (channels === 1) {
    for (let i = 0; i < rgba.length; i++) rgba[i] = OPAQUE | (tables[pixels[i]] * 0x010101);
    return rgba;
  }
  for (let i = 0, p = 0; i < rgba.length; i++, p += 3) {
    const high = (tables[blue + pixels[p + 2]] << 16) | (tables[green + pixels[p + 1]] << 8);
    rgba[i] = OPAQUE | high | tables[pixels[p]];
  }
  return rgba;
}

/** Replace the pixels of which no channel has a lit value by others. */
function dim(rgba, pixels, channels, lit, others) {
  for (let i = 0; i < rgba.length; i++) {
    let isLit = false;
    for (let c = 0; c < channels; c++) isLit ||= lit[256 * c + pixels[channels * i + c]];
    if (!isLit) rgba[i] = others[i];
  }
}

/** Return the RGBA of indices into a palette. */
function fromIndices(indices, palette) {
  const colors = fromPixels(palette, 3);
  const rgba = new Uint32Array(indices.length);
  for (let i = 0; i < indices.length; i++) rgba[i] = colors[indices[i]];
  return rgba;
}

/** Return how far two pictures are apart, many times brighter; black is no difference. */
function difference(before, after) {
  const apart = (a, b, shift) => Math.abs(((a >> shift) & 255) - ((b >> shift) & 255));
  return after.map((a, i) => {
    const sum = apart(a, before[i], 0) + apart(a, before[i], 8) + apart(a, before[i], 16);
    return OPAQUE | (Math.min(255, Math.round((DIFFERENCE_TIMES * sum) / 3)) * 0x010101);
  });
}

/** Return the canvas that holds some RGBA, or say that the browser refuses one so large. */
function canvasOf(rgba, width, height) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  try {
    const image = new ImageData(new Uint8ClampedArray(rgba.buffer), width, height);
    canvas.getContext("2d").putImageData(image, 0, 0);
  } catch {
    throw new Problem(
      `This browser cannot draw a picture of ${width} × ${height} pixels: try a smaller photo.`,
    );
  }
  return canvas;
}

/** A picture that is ready to be drawn: its pixels, and the index of each where it has one. */
class Layer {
  constructor(about, rgba, picks) {
    Object.assign(this, about, { rgba, map: picks });
    [this.height, this.width] = about.shape;
    this.canvas = canvasOf(rgba, this.width, this.height);
  }

  /** Unpack a picture as it was sent. */
  static async from(about, data, photoOf) {
    const buffer = (i) => (i === null ? undefined : bytesOf(data[i]));
    const { kind, tables, lit, otherwise, palette, channels } = about.form;
    let rgba;
    let indices = null;
    if (kind === "photo") {
      const photo = await photoOf(about.form.photo);
      rgba = fromPixels(photo.pixels, photo.channels, buffer(tables));
      if (lit !== null) {
        const others = fromPixels(photo.pixels, photo.channels, buffer(otherwise));
        dim(rgba, photo.pixels, photo.channels, buffer(lit), others);
      }
    } else if (kind === "indices") {
      indices = await inflate(buffer(about.form.data));
      rgba = fromIndices(indices, buffer(palette));
    } else {
      const stride = about.shape[1] * channels;
      rgba = fromPixels(await inflatePixels(buffer(about.form.data), stride), channels);
    }
    // The map of a palette picture are its own indices.
    let map = about.picks && { ...about.picks, values: indices };
    if (map && map.data !== null) {
      map = { ...map, values: new Int16Array((await inflate(buffer(map.data))).buffer) };
    }
    return new Layer(about, rgba, map);
  }

  /** Return the index at a pixel, or null. */
  indexAt(row, column) {
    if (!this.map) return null;
    const { columns, block, values } = this.map;
    const index = values[Math.floor(row / block) * columns + Math.floor(column / block)];
    return index === undefined || index < 0 ? null : index;
  }

  /** Return a pixel's value in words: one number where it is gray. */
  valueAt(row, column) {
    const color = this.rgba[row * this.width + column];
    const channels = [color & 255, (color >> 8) & 255, (color >> 16) & 255];
    return channels.every((each) => each === channels[0]) ? `${channels[0]}` : channels.join(", ");
  }

  /** Return a canvas that darkens all but the pixels of an index, and the box around these. */
  spotlight(index) {
    if (!this.map) return null;
    const { columns, block, values } = this.map;
    const shade = new Uint32Array(values.length).fill(0xd0000000);
    const [rows, places] = [values.length / columns, [[], []]];
    for (let i = values.indexOf(index); i >= 0; i = values.indexOf(index, i + 1)) {
      shade[i] = 0;
      places[0].push(i % columns);
      places[1].push(Math.floor(i / columns));
    }
    if (!places[0].length) return null;
    const ends = (choose, first) => places.map((each) => each.reduce(choose, first));
    const [left, top] = ends((a, b) => Math.min(a, b), values.length);
    const [right, bottom] = ends((a, b) => Math.max(a, b), 0);
    const box = [left, top, right + 1, bottom + 1];
    return { canvas: canvasOf(shade, columns, rows), block, box };
  }
}

/** Make an element with a class, attributes and children. */
function make(tag, className, attributes = {}, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Make a small button with a sign, drawn as a path, and a name for those who cannot see it. */
function makeButton(path, name, press) {
  const button = make("button", "kq-tool", { type: "button", "aria-label": name, title: name });
  button.innerHTML = `<svg viewBox="0 0 28 28" aria-hidden="true"><path d="${path}"/></svg>`;
  button.addEventListener("click", press);
  return button;
}

/** Set text only where it changes, so that nothing is read out anew; hovering shows all of it. */
function setText(element, text, hint = text) {
  if (element.textContent !== text) element.textContent = text;
  setAttribute(element, "title", hint);
}

/** Set an attribute only where it changes. */
function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== `${value}`) element.setAttribute(name, value);
}

/** Keep a number between two others. */
function clamp(value, least, most) {
  return Math.min(Math.max(value, least), most);
}

/** A canvas with one picture, or two that a line parts; it is zoomed, read and picked in. */
class Scene {
  /** `viewer` is asked to pick and told what is read; a large scene compares and zooms. */
  constructor(viewer, large) {
    Object.assign(this, { viewer, large, before: null, after: null, split: 0.5 });
    Object.assign(this, { center: [0.5, 0.5], zoom: null, cursor: null, lit: null });
    Object.assign(this, { shade: null, gap: null, showsGap: false, pointers: new Map() });
    this.canvas = make("canvas", "kq-canvas", { role: "application", tabindex: 0 });
    this.canvas.setAttribute("aria-roledescription", "picture");
    this.element = make("div", large ? "kq-frame" : "kq-small-frame", {}, this.canvas);
    if (large) this.#addTools();
    this.#listen();
  }

  #addTools() {
    const range = { "aria-orientation": "horizontal", "aria-valuemin": 0, "aria-valuemax": 100 };
    const name = { role: "slider", tabindex: 0, "aria-label": "Line between the two pictures" };
    this.line = make("div", "kq-line", { ...name, ...range });
    this.line.append(make("span", "kq-knob", { "aria-hidden": "true" }));
    this.line.addEventListener("keydown", (event) => this.#onLineKey(event));
    const brighter = `Difference, ${DIFFERENCE_TIMES} times brighter`;
    const corners = "M7 12V7H12M16 7H21V12M21 16V21H16M12 21H7V16";
    const tools = [
      makeButton("M14 7L22 21H6Z", brighter, () => this.toggleDifference()),
      makeButton("M8 14H20", "Zoom out", () => this.zoomBy(-1)),
      makeButton("M8 14H20M14 8V20", "Zoom in", () => this.zoomBy(1)),
      makeButton(corners, "Full screen", () => this.viewer.fillScreen()),
    ];
    this.differs = tools[0];
    this.element.append(this.line, make("div", "kq-tools", {}, ...tools));
  }

  #listen() {
    const on = (name, run, options) =>
      this.element.addEventListener(name, (event) => this.after && run(event), options);
    on("pointerdown", (event) => this.#onDown(event));
    on("pointermove", (event) => this.#onMove(event));
    on("pointerup", (event) => this.#onUp(event));
    on("pointercancel", (event) => this.#onUp(event));
    on("pointerleave", () => this.viewer.read(null));
    on("wheel", (event) => this.#onWheel(event), { passive: false });
    this.canvas.addEventListener("keydown", (event) => this.after && this.#onKey(event));
    this.canvas.addEventListener("blur", () => this.#setCursor(null));
  }

  /** Show other layers; a picture of another size is shown as a whole. */
  show(before, after) {
    const same = this.after?.width === after.width && this.after.height === after.height;
    if (!same) Object.assign(this, { zoom: null, cursor: null });
    if (before !== this.before || after !== this.after) this.gap = null;
    Object.assign(this, { before, after, shade: null, showsGap: this.showsGap && before !== null });
    const alts = before ? `Left of the line: ${before.alt}. Right of it: ${after.alt}` : after.alt;
    setAttribute(this.canvas, "aria-label", alts);
    if (this.line) this.line.hidden = this.differs.hidden = !before;
    this.draw();
  }

  /** Light an index up, or none. */
  light(index) {
    if (index === this.lit && this.shade) return;
    Object.assign(this, { lit: index, shade: null });
    this.draw();
  }

  /** Show right of the line how far both are apart, or the result again. */
  toggleDifference() {
    this.showsGap = !this.showsGap;
    setAttribute(this.differs, "aria-pressed", this.showsGap);
    this.draw();
    this.viewer.caption();
  }

  /** Fit the canvas to the page: one of its pixels is one of the screen's. */
  resize() {
    const box = this.element.getBoundingClientRect();
    const sharp = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(box.width * sharp), Math.round(box.height * sharp)];
    if (width === this.canvas.width && height === this.canvas.height) return;
    [this.canvas.width, this.canvas.height] = [width, height];
    this.draw();
  }

  /** Return the scale at which all is seen: a whole one, if little room is lost to that. */
  get fit() {
    const { width, height } = this.canvas;
    const scale = Math.min(width / this.after.width, height / this.after.height);
    return scale >= 2 && Math.floor(scale) > 0.85 * scale ? Math.floor(scale) : scale;
  }

  /** Return where the picture lies on the canvas: scale, left and top. */
  get place() {
    const scale = this.zoom ?? this.fit;
    const along = (center, side) => {
      const [room, size] = [this.canvas[side], this.after[side] * scale];
      const start = room / 2 - center * size;
      return Math.round(size <= room ? (room - size) / 2 : clamp(start, room - size, 0));
    };
    return { scale, left: along(this.center[0], "width"), top: along(this.center[1], "height") };
  }

  /** Return the first and last column of the canvas on which the picture is seen. */
  get visible() {
    const { scale, left } = this.place;
    return [Math.max(left, 0), Math.min(left + scale * this.after.width, this.canvas.width)];
  }

  /** Draw everything anew. */
  draw() {
    if (!this.after || !this.canvas.width) return;
    const context = this.canvas.getContext("2d");
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    const { scale } = this.place;
    context.imageSmoothingEnabled = scale < 2;
    context.imageSmoothingQuality = "medium";
    const { rgba, width, height } = this.after;
    if (this.showsGap) this.gap ??= canvasOf(difference(this.before.rgba, rgba), width, height);
    this.#drawLayer(context, this.showsGap ? this.gap : this.after.canvas);
    if (this.before) {
      const [first, last] = this.visible;
      const at = Math.round(first + this.split * (last - first));
      context.save();
      context.beginPath();
      context.rect(0, 0, at, this.canvas.height);
      context.clip();
      this.#drawLayer(context, this.before.canvas);
      context.restore();
      this.#placeLine(at);
    }
    this.#drawLit(context);
    this.#drawCursor(context);
  }

  #drawLayer(context, canvas, unit = 1) {
    const { scale, left, top } = this.place;
    const [width, height] = [canvas.width, canvas.height].map((each) => each * scale * unit);
    context.drawImage(canvas, left, top, width, height);
  }

  #drawLit(context) {
    if (this.lit === null) return;
    this.shade ??= (this.after.map ? this.after : (this.before ?? this.after)).spotlight(this.lit);
    if (!this.shade) return;
    const { canvas, block, box } = this.shade;
    if (this.large) {
      context.imageSmoothingEnabled = false;
      this.#drawLayer(context, canvas, block);
    } else {
      this.#drawBox(context, ...box, block);
    }
  }

  #drawBox(context, left, top, right, bottom, unit = 1) {
    const place = this.place;
    const wide = place.scale * unit;
    const box = [place.left + left * wide, place.top + top * wide];
    box.push((right - left) * wide, (bottom - top) * wide);
    for (const [i, color] of ["#000", "#ffd54a"].entries()) {
      Object.assign(context, { strokeStyle: color, lineWidth: 6 - 3 * i });
      context.strokeRect(...box);
    }
  }

  #drawCursor(context) {
    if (!this.cursor) return;
    const [row, column] = this.cursor;
    const grow = this.place.scale < 6 ? 5 / this.place.scale : 0;
    this.#drawBox(context, column - grow, row - grow, column + 1 + grow, row + 1 + grow);
  }

  #placeLine(at) {
    const percent = Math.round(100 * this.split);
    this.line.style.left = `${(100 * at) / this.canvas.width}%`;
    setAttribute(this.line, "aria-valuenow", percent);
    const sides = `${percent} % ${this.before.caption}, ${100 - percent} % ${this.after.caption}`;
    setAttribute(this.line, "aria-valuetext", sides);
  }

  /** Return where a pointer is, in pixels of the canvas. */
  #at(event) {
    const box = this.canvas.getBoundingClientRect();
    const sharp = this.canvas.width / box.width;
    return [sharp * (event.clientX - box.left), sharp * (event.clientY - box.top)];
  }

  /** Say whether a pixel lies within the picture. */
  #holds(row, column) {
    return row >= 0 && column >= 0 && row < this.after.height && column < this.after.width;
  }

  /** Return the pixel under a pointer, or null beside the picture. */
  pixelAt(event) {
    const { scale, left, top } = this.place;
    const [x, y] = this.#at(event);
    const pixel = [Math.floor((y - top) / scale), Math.floor((x - left) / scale)];
    return this.#holds(...pixel) ? pixel : null;
  }

  /** Move the line to where a pointer is. */
  #moveLine(event) {
    const [first, last] = this.visible;
    this.split = clamp((this.#at(event)[0] - first) / (last - first), 0, 1);
    this.draw();
  }

  /** Move what is seen by a part of the picture. */
  #pan(right, down) {
    const { scale } = this.place;
    const sizes = [this.after.width, this.after.height];
    const rooms = [this.canvas.width, this.canvas.height];
    this.center = this.center.map((center, i) => {
      const half = Math.min(rooms[i] / (2 * scale * sizes[i]), 0.5);
      return clamp(center + [right, down][i] / (scale * sizes[i]), half, 1 - half);
    });
    this.draw();
  }

  /** Zoom in or out by steps, to the scale of a whole number of pixels, about a pixel. */
  zoomBy(steps, about = this.cursor) {
    const scales = [this.fit, ...SCALES.filter((each) => each > 1.01 * this.fit)];
    const now = scales.indexOf(this.zoom ?? this.fit);
    const next = clamp((now < 0 ? 1 : now) + steps, 0, scales.length - 1);
    const old = this.place;
    this.zoom = next === 0 ? null : scales[next];
    // The pixel stays where it is on the page.
    const stay = (at, start, room, size) =>
      (at + 0.5 + (room / 2 - start - (at + 0.5) * old.scale) / scales[next]) / size;
    const { width, height } = this.canvas;
    if (about) {
      this.center = [
        stay(about[1], old.left, width, this.after.width),
        stay(about[0], old.top, height, this.after.height),
      ];
    }
    this.#pan(0, 0);
    this.element.classList.toggle("kq-zoomed", this.zoom !== null);
    setText(this.viewer.value, this.zoom === null ? "All is shown" : `Zoom ${this.zoom} ×`);
  }

  #onDown(event) {
    if (event.button !== 0 || event.target.closest(".kq-tool")) return;
    this.pointers.set(event.pointerId, event);
    this.element.setPointerCapture(event.pointerId);
    const onLine = Boolean(event.target.closest(".kq-line"));
    this.drag = { start: this.#at(event), last: this.#at(event), onLine, moved: onLine };
    (onLine ? this.line : this.canvas).focus({ preventScroll: true });
    event.preventDefault();
  }

  #onMove(event) {
    if (this.pointers.size === 2 && this.pointers.has(event.pointerId)) this.#pinch(event);
    else if (this.drag) this.#dragTo(event);
    this.viewer.read(this, this.pixelAt(event));
  }

  #dragTo(event) {
    const { start, last, onLine } = this.drag;
    const [x, y] = this.#at(event);
    this.drag.moved ||= Math.hypot(x - start[0], y - start[1]) > 3;
    if (!this.drag.moved) return;
    if (onLine || (this.zoom === null && this.before)) this.#moveLine(event);
    else this.#pan(last[0] - x, last[1] - y);
    this.drag.last = [x, y];
  }

  /** Zoom by a step whenever two fingers have moved apart or together by a quarter. */
  #pinch(event) {
    const gap = ([a, b] = [...this.pointers.values()]) =>
      Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    this.pinched ??= gap();
    this.pointers.set(event.pointerId, event);
    if (this.drag) this.drag.moved = true;
    const ratio = gap() / this.pinched;
    if (ratio > 0.8 && ratio < 1.25) return;
    this.zoomBy(ratio > 1 ? 1 : -1, this.pixelAt(event));
    this.pinched = gap();
  }

  #onUp(event) {
    this.pointers.delete(event.pointerId);
    this.pinched = null;
    const { drag } = this;
    this.drag = null;
    if (!drag || drag.moved || event.type === "pointercancel") return;
    const pixel = this.pixelAt(event);
    if (pixel && (this.viewer.picks || this.after.map || !this.before)) this.pick(...pixel);
    else if (this.before) this.#moveLine(event);
  }

  /** Pick what is at a pixel; what is picked already is let go. */
  pick(row, column) {
    const index = this.after.indexAt(row, column) ?? this.before?.indexAt(row, column) ?? null;
    if (index === null && !(this.viewer.picks && this.large)) return;
    this.viewer.pick(index, ...(this.large ? [row, column] : []));
  }

  #onWheel(event) {
    const zooms = event.ctrlKey || event.metaKey || this.zoom !== null;
    if (!this.large || !zooms || event.deltaY === 0) return;
    event.preventDefault();
    this.turned = (this.turned ?? 0) + event.deltaY;
    if (Math.abs(this.turned) < 30) return;
    this.zoomBy(this.turned < 0 ? 1 : -1, this.pixelAt(event));
    this.turned = 0;
  }

  #onLineKey(event) {
    const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10 };
    const step = { ...steps, PageUp: 10, Home: -100, End: 100 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.split = clamp(this.split + (step * (event.shiftKey ? 10 : 1)) / 100, 0, 1);
    this.draw();
  }

  #onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const far = event.shiftKey ? 10 : 1;
    const moves = { ArrowLeft: [0, -far], ArrowRight: [0, far], ArrowUp: [-far, 0] };
    const move = { ...moves, ArrowDown: [far, 0] }[event.key];
    const zooms = { "+": 1, "=": 1, "-": -1, 0: -SCALES.length };
    if (move) this.#moveCursor(...move);
    else if (event.key === "Enter" || event.key === " ") this.cursor && this.pick(...this.cursor);
    else if (this.large && event.key in zooms) this.zoomBy(zooms[event.key]);
    else if (this.large && event.key === "d" && this.before) this.toggleDifference();
    else if (this.large && event.key === "f") this.viewer.fillScreen();
    else return;
    event.preventDefault();
  }

  /** Move the keyboard's cursor; in a small picture, to the next index. */
  #moveCursor(down, right) {
    const { height, width } = this.after;
    const middle = [Math.floor(this.center[1] * height), Math.floor(this.center[0] * width)];
    const start = this.cursor ?? (this.large ? middle : [1, 1]);
    let next = this.cursor || !this.large ? [start[0] + down, start[1] + right] : start;
    if (!this.large && this.after.map) next = this.#nextIndex(start, down, right) ?? start;
    this.#setCursor([clamp(next[0], 0, height - 1), clamp(next[1], 0, width - 1)]);
    this.#keepCursorInView();
  }

  /** Return the first pixel in a direction that has another index, or null. */
  #nextIndex([row, column], down, right) {
    const here = this.after.indexAt(row, column);
    while (this.#holds(row, column)) {
      const index = this.after.indexAt(row, column);
      if (index !== null && index !== here) return [row, column];
      row += Math.sign(down);
      column += Math.sign(right);
    }
    return null;
  }

  #setCursor(cursor) {
    if (cursor === null && this.cursor === null) return;
    this.cursor = cursor;
    this.draw();
    this.viewer.read(cursor && this, cursor, true);
  }

  #keepCursorInView() {
    const [row, column] = this.cursor;
    const { scale, left, top } = this.place;
    const beyond = (at, room) => Math.min(at - 20, 0) + Math.max(at + 20 - room, 0);
    const right = beyond(left + scale * column, this.canvas.width);
    const down = beyond(top + scale * row, this.canvas.height);
    if (right || down) this.#pan(right, down);
  }
}

/** All that an explorer shows below its controls. */
class Viewer {
  constructor(element, source) {
    Object.assign(this, { source, turn: 0, painted: 0, picks: false, photos: new Map() });
    Object.assign(this, { layers: new Map(), waiting: new Map(), small: [], lit: null });
    this.#build();
    element.append(this.root);
    this.root.kqViewer = this;
    this.watcher = new ResizeObserver(() => this.#fit());
    for (const part of [this.root, this.scene.element, this.side]) this.watcher.observe(part);
    this.stops = [
      source.onView(() => this.show()),
      source.onLater(() => this.finish()),
      source.onPhotos(() => this.#takePhotos()),
    ];
    this.show();
  }

  #build() {
    for (const name of ["captions", "value", "drawing", "below", "readouts", "plots", "extras"]) {
      this[name] = make("div", `kq-${name}`);
    }
    const keys = make("span", "kq-hidden", { id: `kq-keys-${Math.random()}` }, KEYS);
    this.scene = new Scene(this, true);
    this.scene.canvas.setAttribute("aria-describedby", keys.id);
    this.message = make("div", "kq-message", { role: "status" });
    this.value.setAttribute("role", "status");
    this.captions.append(make("span"), make("span"));
    const parts = [this.scene.element, this.captions, this.value, keys];
    this.compare = make("div", "kq-compare", {}, ...parts);
    this.side = make("div", "kq-side", {}, this.readouts, this.extras, this.plots);
    this.stage = make("div", "kq-stage", {}, this.drawing, this.compare, this.below);
    this.body = make("div", "kq-body", {}, this.stage, this.side);
    this.root = make("div", "kq-view", { "data-lm-suppress-shortcuts": "true" }, this.body);
    this.root.addEventListener("click", (event) => {
      const index = event.target.closest?.("[data-index]")?.dataset.index;
      if (index !== undefined) this.pick(Number(index));
    });
    this.compare.hidden = true;
  }

  /** Stop listening, when the element leaves the page. */
  remove() {
    this.watcher.disconnect();
    this.names?.disconnect();
    for (const stop of this.stops) stop();
    this.root.remove();
  }

  #fit() {
    if (!this.names) this.names = nameControls(this.root.closest(".kq-explorer"));
    for (const scene of [this.scene, ...this.small]) scene.resize();
  }

  /** Show the source's view once it is unpacked, unless a newer one was quicker. */
  async show() {
    const wire = this.source.view();
    if (!wire?.about) return;
    const turn = ++this.turn;
    try {
      const about = wire.about.protocol ? wire.about : await inflateJson(wire.about);
      if (about.protocol !== PROTOCOL) throw new Problem(OTHER_VERSION);
      const pictures = [about.before, about.after, ...about.extras, ...about.below];
      const layers = await Promise.all(pictures.map((each) => this.#layer(each, wire.data)));
      if (this.#isNews(turn)) this.#paint(about, layers);
    } catch (error) {
      if (this.#isNews(turn)) this.#complain(error instanceof Problem ? error.message : BROKEN);
    }
  }

  /** Say whether nothing newer is on the page already. */
  #isNews(turn) {
    if (turn < this.painted) return false;
    this.painted = turn;
    return true;
  }

  /** Return the layer of a picture as it was sent; one that is on the page is not made anew. */
  async #layer(about, data) {
    if (about === null) return null;
    const known = this.layers.get(about.name);
    if (known) return Object.assign(known, { alt: about.alt, caption: about.caption });
    return Layer.from(about, data, (key) => this.#photo(key));
  }

  /** Return an original's pixels; one that was never sent here is asked for. */
  #photo(key) {
    this.#takePhotos();
    if (!this.photos.has(key)) {
      const arrives = new Promise((resolve) => this.waiting.set(key, resolve));
      this.photos.set(key, arrives);
      this.source.need(key);
    }
    return this.photos.get(key);
  }

  /** Unpack the originals that have arrived, and forget those of long ago. */
  #takePhotos() {
    for (const [key, { shape, channels, data }] of Object.entries(this.source.photos() ?? {})) {
      if (this.photos.has(key) && !this.waiting.has(key)) continue;
      const unpacked = inflatePixels(data, shape[1] * channels);
      const photo = unpacked.then((pixels) => ({ pixels, channels }));
      this.waiting.get(key)?.(photo);
      this.waiting.delete(key);
      this.photos.set(key, photo);
      while (this.photos.size > KEPT_PHOTOS) this.photos.delete(this.photos.keys().next().value);
    }
  }

  /** Put a view on the page, all of it at once. */
  #paint(about, layers) {
    this.about = about;
    this.picks = about.pick;
    this.layers = new Map(layers.filter(Boolean).map((each) => [each.name, each]));
    const [before, after, ...others] = layers;
    const empty = !about.message && !after && !about.drawing && !about.readouts.length;
    this.#complain(about.message || (empty ? "There is nothing to show here yet." : ""));
    this.compare.hidden = !after;
    if (after) this.#paintCompared(before, after);
    if (about.drawing) this.root.style.setProperty("--kq-aspect", 1.1);
    this.#paintSvg(this.drawing, [about.drawing]);
    this.#paintSvg(this.plots, about.plots);
    this.#paintRow(this.extras, others.slice(0, about.extras.length));
    this.#paintRow(this.below, others.slice(about.extras.length));
    this.small = [this.extras, this.below].flatMap((row) => row.scenes);
    this.#paintReadouts(about.readouts);
    for (const part of this.side.children) part.hidden = !part.childElementCount;
    const kept = !about.pick && after?.name === this.litIn ? this.lit : null;
    this.light(about.lit ?? kept);
    this.finish();
    this.#fit();
  }

  #paintCompared(before, after) {
    // The frame keeps its form, so that nothing below it jumps when the photo changes.
    this.aspect ??= clamp(after.width / after.height, 1, 1.6);
    this.root.style.setProperty("--kq-aspect", this.aspect);
    this.scene.show(before, after);
    this.caption();
    if (!this.value.textContent) this.read(null);
  }

  /** Write the captions of both sides. */
  caption() {
    const { before, after, showsGap } = this.scene;
    const gap = `Difference, ${DIFFERENCE_TIMES} × brighter: black is none`;
    const right = showsGap ? gap : after.caption;
    const texts = before ? [before.caption, right] : [after.caption, ""];
    for (const [i, text] of texts.entries()) setText(this.captions.children[i], text);
  }

  #paintSvg(box, drawings) {
    const kept = drawings.filter(Boolean);
    while (box.children.length > kept.length) box.lastChild.remove();
    kept.forEach((svg, i) => {
      if (!box.children[i]) box.append(make("div", "kq-plot"));
      if (box.children[i].kqSvg !== svg) box.children[i].innerHTML = svg;
      box.children[i].kqSvg = svg;
    });
  }

  /** Fill a row with small pictures, each with its caption. */
  #paintRow(row, layers) {
    row.scenes ??= [];
    while (row.scenes.length > layers.length) row.scenes.pop().element.parentElement.remove();
    while (row.scenes.length < layers.length) {
      const scene = new Scene(this, false);
      row.scenes.push(scene);
      row.append(make("div", "kq-extra", {}, scene.element, make("div", "kq-captions")));
    }
    layers.forEach((layer, i) => {
      const { element } = row.scenes[i];
      element.style.aspectRatio = `${layer.width} / ${layer.height}`;
      row.scenes[i].show(null, layer);
      setText(element.nextSibling, layer.caption);
    });
  }

  #paintReadouts(rows) {
    // As many lines as there ever were: what is below stays where it is.
    this.rows = Math.max(this.rows ?? 0, rows.length);
    while (this.readouts.children.length < this.rows) {
      this.readouts.append(make("div", "", {}, make("span"), make("b")));
    }
    [...this.readouts.children].forEach((line, i) => {
      const [label, text] = rows[i] ?? ["", ""];
      setText(line.firstChild, label);
      setText(line.lastChild, text);
    });
  }

  /** Write the readouts that follow, where they belong to what is shown. */
  finish() {
    const later = this.source.later();
    if (!later || later.serial !== this.about?.serial) return;
    for (const line of this.readouts.children) {
      const text = later.texts[line.firstChild.textContent];
      if (text !== undefined) setText(line.lastChild, text);
    }
  }

  /** Say a sentence in the picture's place; an empty one takes it away. */
  #complain(message) {
    setText(this.message, message);
    if (message) this.stage.prepend(this.message);
    else this.message.remove();
    this.body.classList.toggle("kq-silent", Boolean(message));
    if (message) this.compare.hidden = true;
  }

  /** Tell the value under the pointer or the cursor: before, after, its place, its index. */
  read(scene, pixel = null, byKey = false) {
    this.value.setAttribute("aria-live", byKey ? "polite" : "off");
    if (!scene || !pixel) {
      setText(this.value, HINT);
      return;
    }
    const { before, after } = scene;
    const index = after.indexAt(...pixel) ?? before?.indexAt(...pixel) ?? null;
    const parts = [`Row ${pixel[0]}, column ${pixel[1]}`];
    if (before) parts.push(`${before.caption}: ${before.valueAt(...pixel)}`);
    parts.push(`${before ? `${after.caption}: ` : ""}${after.valueAt(...pixel)}`);
    if (index !== null) parts.push(`index ${index}`);
    setText(this.value, parts.join("  ·  "));
  }

  /** Pick an index, at a pixel of the compared pictures or elsewhere; once more lets go. */
  pick(index, row = null, column = null) {
    const again = index !== null && index === this.lit;
    this.light(again ? null : index);
    if (this.picks) this.source.pick(again ? null : [index, row, column]);
  }

  /** Light an index up in every picture and plot that has it. */
  light(index) {
    this.lit = index;
    this.litIn = this.scene.after?.name;
    for (const scene of [this.scene, ...this.small]) scene.light(index);
    for (const part of this.root.querySelectorAll("[data-index]")) {
      part.classList.toggle("kq-lit", part.dataset.index === `${index}`);
    }
  }

  /** Fill the screen with the explorer and its controls, or leave it. */
  fillScreen() {
    const whole = this.root.closest(".kq-explorer") ?? this.root;
    const asked = document.fullscreenElement
      ? document.exitFullscreen()
      : whole.requestFullscreen();
    asked.catch(() => setText(this.value, "This page may not fill the screen."));
  }
}

/**
 * Give the widget library's controls the names that it leaves out, and say a slider's value as it
 * is written. The pattern: a noUiSlider handle has no label, the buttons of a Play only an icon.
 */
export function nameControls(explorer) {
  if (!explorer) return undefined;
  const name = () => {
    for (const slider of explorer.querySelectorAll(".widget-slider, .widget-hslider")) {
      const label = slider.querySelector(".widget-label")?.textContent ?? "";
      const handle = slider.querySelector(".noUi-handle");
      if (!handle) continue;
      setAttribute(handle, "aria-label", label);
      setAttribute(handle, "aria-valuetext", slider.querySelector(".widget-readout")?.textContent);
      const play = slider.closest(".kq-played");
      for (const button of play?.querySelectorAll(".widget-play button") ?? []) {
        const icon = button.querySelector("i, svg")?.className ?? "";
        const verb = /pause|stop|repeat|undo|play/.exec(`${icon.baseVal ?? icon}`)?.[0] ?? "play";
        setAttribute(button, "aria-label", `${verb[0].toUpperCase()}${verb.slice(1)}: ${label}`);
      }
    }
  };
  name();
  const watcher = new MutationObserver(name);
  const attributeFilter = ["aria-valuenow", "class"];
  watcher.observe(explorer, {
    childList: true,
    characterData: true,
    subtree: true,
    attributeFilter,
  });
  return watcher;
}

/**
 * Show an explorer in an element; returns a function that takes it off the page. A source has
 * `view()`, `later()` and `photos()`, which return what there is now (a view's `about` may be
 * unpacked already); `onView`, `onLater` and
 * `onPhotos`, which take a function to call when that changes, and return one that ends it;
 * `pick(value)`, which takes [index, row, column] or null; `need(key)` asks for an original.
 */
export function mount(element, source) {
  const viewer = new Viewer(element, source);
  return () => viewer.remove();
}

/** Return the source that an anywidget model is. */
function modelSource(model) {
  const on = (name) => (run) => {
    model.on(`change:${name}`, run);
    return () => model.off(`change:${name}`, run);
  };
  const get = (name) => () => model.get(name);
  return {
    ...{ view: get("view"), later: get("later"), photos: get("photos") },
    ...{ onView: on("view"), onLater: on("later"), onPhotos: on("photos") },
    need: (key) => model.send({ need: key }),
    pick: (value) => {
      model.set("pick", value);
      model.save_changes();
    },
  };
}

export default { render: ({ model, el }) => mount(el, modelSource(model)) };
