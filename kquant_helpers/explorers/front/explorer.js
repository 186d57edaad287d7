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
const HINT = "Drag the line, point at a pixel, zoom with + and −.";
const KEYS =
  "Arrow keys move a cursor that reads pixels, with Shift ten at a time. Enter picks. " +
  "Plus and minus zoom, 0 shows all, D shows the difference, F fills the screen.";

/** A problem that is told to the reader in the picture's place. */
class Problem extends Error {}

// ---------------------------------------------------------------------------------- bytes

/** Return the bytes of anything that holds some. */
function bytesOf(data) {
  return data instanceof ArrayBuffer
    ? new Uint8Array(data)
    : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
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

/** Unpack pixels, of which each row is kept as the difference to the row above. */
async function inflatePixels(data, stride) {
  const pixels = await inflate(data);
  for (let i = stride; i < pixels.length; i++) pixels[i] += pixels[i - stride];
  return pixels;
}

// --------------------------------------------------------------------------------- pixels

/** Return the opaque RGBA of pixels that have one or three channels, as 32-bit numbers. */
function fromPixels(pixels, channels, tables = null) {
  const count = pixels.length / channels;
  const rgba = new Uint32Array(count);
  if (channels === 1) {
    for (let i = 0; i < count; i++) {
      const value = tables ? tables[pixels[i]] : pixels[i];
      rgba[i] = OPAQUE | (value * 0x010101);
    }
    return rgba;
  }
  const last = tables && tables.length > 256 ? 512 : 0;
  const middle = last / 2;
  for (let i = 0, p = 0; i < count; i++, p += 3) {
    const red = pixels[p];
    const green = pixels[p + 1];
    const blue = pixels[p + 2];
    rgba[i] = tables
      ? OPAQUE | (tables[last + blue] << 16) | (tables[middle + green] << 8) | tables[red]
      : OPAQUE | (blue << 16) | (green << 8) | red;
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
  const rgba = new Uint32Array(after.length);
  for (let i = 0; i < rgba.length; i++) {
    const [a, b] = [before[i], after[i]];
    let sum = 0;
    for (let shift = 0; shift < 24; shift += 8) {
      sum += Math.abs(((a >> shift) & 255) - ((b >> shift) & 255));
    }
    rgba[i] = OPAQUE | (Math.min(255, Math.round((DIFFERENCE_TIMES * sum) / 3)) * 0x010101);
  }
  return rgba;
}

/** Return the canvas that holds some RGBA, or say that the browser refuses one so large. */
function canvasOf(rgba, width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  try {
    const clamped = new Uint8ClampedArray(rgba.buffer);
    context.putImageData(new ImageData(clamped, width, height), 0, 0);
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
    const buffer = (i) => (i === null ? null : bytesOf(data[i]));
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
    return new Layer(about, rgba, await Layer.picks(about, buffer, indices));
  }

  /** Unpack the map of indices; that of a palette picture are its own indices. */
  static async picks(about, buffer, indices) {
    if (about.picks === null) return null;
    if (about.picks.data === null) return { columns: about.shape[1], block: 1, values: indices };
    const values = await inflate(buffer(about.picks.data));
    return { ...about.picks, values: new Int16Array(values.buffer) };
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
    const rows = values.length / columns;
    const shade = new Uint32Array(values.length);
    const box = { left: columns, top: rows, right: -1, bottom: -1 };
    for (let i = 0; i < values.length; i++) {
      if (values[i] !== index) {
        shade[i] = 0xd0000000;
        continue;
      }
      const [row, column] = [Math.floor(i / columns), i % columns];
      box.left = Math.min(box.left, column);
      box.right = Math.max(box.right, column);
      box.top = Math.min(box.top, row);
      box.bottom = Math.max(box.bottom, row);
    }
    return box.right < 0 ? null : { canvas: canvasOf(shade, columns, rows), block, box };
  }
}

// ------------------------------------------------------------------------------- elements

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

/** Set text only where it changes, so that nothing is read out or selected anew. */
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Set an attribute only where it changes. */
function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== `${value}`) element.setAttribute(name, value);
}

/** Keep a number between two others. */
function clamp(value, least, most) {
  return Math.min(Math.max(value, least), most);
}

// ---------------------------------------------------------------------------------- scene

/** A canvas with one picture, or two that a line parts; it is zoomed, read and picked in. */
class Scene {
  /** `viewer` is asked to pick and told what is read; a large scene compares and zooms. */
  constructor(viewer, large) {
    Object.assign(this, { viewer, large, before: null, after: null, split: 0.5 });
    Object.assign(this, { zoom: null, center: [0.5, 0.5], cursor: null, lit: null, shade: null });
    this.pointers = new Map();
    this.canvas = make("canvas", "kq-canvas", { role: "application", tabindex: 0 });
    this.canvas.setAttribute("aria-roledescription", "picture");
    this.element = make("div", large ? "kq-frame" : "kq-small-frame", {}, this.canvas);
    if (large) this.#addTools();
    this.#listen();
  }

  #addTools() {
    this.line = make("div", "kq-line", {
      role: "slider",
      tabindex: 0,
      "aria-label": "Line between the two pictures",
      "aria-orientation": "horizontal",
      "aria-valuemin": 0,
      "aria-valuemax": 100,
    });
    this.line.append(make("span", "kq-knob", { "aria-hidden": "true" }));
    this.differs = makeButton(
      "M14 7L22 21H6Z",
      `Difference, ${DIFFERENCE_TIMES} times brighter`,
      () => this.toggleDifference(),
    );
    this.tools = make(
      "div",
      "kq-tools",
      {},
      this.differs,
      makeButton("M8 14H20", "Zoom out", () => this.zoomBy(-1)),
      makeButton("M8 14H20M14 8V20", "Zoom in", () => this.zoomBy(1)),
      makeButton("M7 12V7H12M16 7H21V12M21 16V21H16M12 21H7V16", "Full screen", () =>
        this.viewer.fillScreen(),
      ),
    );
    this.element.append(this.line, this.tools);
    this.line.addEventListener("keydown", (event) => this.#onLineKey(event));
  }

  #listen() {
    const on = (name, handler) => this.element.addEventListener(name, handler.bind(this));
    on("pointerdown", this.#onDown);
    on("pointermove", this.#onMove);
    on("pointerup", this.#onUp);
    on("pointercancel", this.#onUp);
    on("pointerleave", () => this.viewer.read(null));
    this.element.addEventListener("wheel", (event) => this.#onWheel(event), { passive: false });
    this.canvas.addEventListener("keydown", (event) => this.#onKey(event));
    this.canvas.addEventListener("blur", () => this.#setCursor(null));
  }

  /** Show other layers; a picture of another size is shown as a whole. */
  show(before, after) {
    const same = this.after && this.after.width === after.width;
    if (!same || this.after.height !== after.height)
      Object.assign(this, { zoom: null, cursor: null });
    if (before !== this.before || after !== this.after) this.gap = null;
    Object.assign(this, { before, after, shade: null });
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
    this.showsGap = !this.showsGap && Boolean(this.before);
    setAttribute(this.differs, "aria-pressed", Boolean(this.showsGap));
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
    const along = (center, size, room) => {
      const start = room / 2 - center * size * scale;
      const spare = room - size * scale;
      return Math.round(spare >= 0 ? spare / 2 : clamp(start, spare, 0));
    };
    return {
      scale,
      left: along(this.center[0], this.after.width, this.canvas.width),
      top: along(this.center[1], this.after.height, this.canvas.height),
    };
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
    this.#drawLayer(context, this.showsGap ? this.#gapCanvas() : this.after.canvas);
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

  #gapCanvas() {
    const { rgba, width, height } = this.after;
    this.gap ??= canvasOf(difference(this.before.rgba, rgba), width, height);
    return this.gap;
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
      this.#drawBox(context, box.left, box.top, box.right + 1, box.bottom + 1, block);
    }
  }

  #drawBox(context, left, top, right, bottom, unit = 1) {
    const { scale, left: x, top: y } = this.place;
    const wide = scale * unit;
    for (const [color, width] of [
      ["#000", 6],
      ["#ffd54a", 3],
    ]) {
      context.strokeStyle = color;
      context.lineWidth = width;
      const size = [(right - left) * wide, (bottom - top) * wide];
      context.strokeRect(x + left * wide, y + top * wide, ...size);
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

  /** Return the pixel under a pointer, or null beside the picture. */
  pixelAt(event) {
    if (!this.after) return null;
    const box = this.canvas.getBoundingClientRect();
    const { scale, left, top } = this.place;
    const x = ((event.clientX - box.left) * this.canvas.width) / box.width;
    const y = ((event.clientY - box.top) * this.canvas.height) / box.height;
    const [row, column] = [Math.floor((y - top) / scale), Math.floor((x - left) / scale)];
    const inside = row >= 0 && column >= 0 && row < this.after.height && column < this.after.width;
    return inside ? [row, column] : null;
  }

  /** Move the line to where a pointer is. */
  #moveLine(event) {
    const box = this.canvas.getBoundingClientRect();
    const x = ((event.clientX - box.left) * this.canvas.width) / box.width;
    const [first, last] = this.visible;
    this.split = clamp((x - first) / (last - first), 0, 1);
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
    if (!this.after) return;
    const scales = [this.fit, ...SCALES.filter((each) => each > 1.01 * this.fit)];
    const now = scales.findIndex((each) => each >= (this.zoom ?? this.fit) - 1e-9);
    const next = clamp((now < 0 ? scales.length - 1 : now) + steps, 0, scales.length - 1);
    const old = this.place;
    this.zoom = next === 0 ? null : scales[next];
    if (about) {
      // The pixel stays where it is on the page.
      const [row, column] = about;
      const shift = (at, size, start, room) =>
        (at + 0.5 + (room / 2 - (start + (at + 0.5) * old.scale)) / this.place.scale) / size;
      const { width, height } = this.after;
      this.center = [
        shift(column, width, old.left, this.canvas.width),
        shift(row, height, old.top, this.canvas.height),
      ];
    }
    this.#pan(0, 0);
    this.element.classList.toggle("kq-zoomed", this.zoom !== null);
    this.viewer.say(this.zoom === null ? "All is shown" : `Zoom ${this.zoom} ×`);
  }

  #onDown(event) {
    if (event.button !== 0 || !this.after || event.target.closest(".kq-tool")) return;
    this.pointers.set(event.pointerId, event);
    this.element.setPointerCapture(event.pointerId);
    const onLine = Boolean(event.target.closest(".kq-line"));
    this.drag = { start: event, last: event, onLine, moved: onLine };
    (onLine ? this.line : this.canvas).focus({ preventScroll: true });
    event.preventDefault();
  }

  #onMove(event) {
    if (!this.after) return;
    if (this.pointers.size === 2 && this.pointers.has(event.pointerId)) this.#pinch(event);
    else if (this.drag) this.#dragTo(event);
    this.viewer.read(this, this.pixelAt(event));
  }

  #dragTo(event) {
    const { start, last, onLine } = this.drag;
    const far = Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) > 3;
    this.drag.moved ||= far;
    if (!this.drag.moved) return;
    const sharp = window.devicePixelRatio || 1;
    if (onLine || (this.zoom === null && this.before)) this.#moveLine(event);
    else this.#pan(sharp * (last.clientX - event.clientX), sharp * (last.clientY - event.clientY));
    this.drag.last = event;
  }

  /** Zoom by a step whenever two fingers have moved apart or together by a quarter. */
  #pinch(event) {
    const gap = () => {
      const [a, b] = [...this.pointers.values()];
      return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    };
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
    if (pixel && (this.#picks || !this.before)) this.pick(...pixel);
    else if (this.before) this.#moveLine(event);
  }

  get #picks() {
    return this.viewer.picks || this.after.map;
  }

  /** Pick what is at a pixel; what is picked already is let go. */
  pick(row, column) {
    const index = this.after.indexAt(row, column) ?? this.before?.indexAt(row, column) ?? null;
    if (index === null && !this.viewer.picks) return;
    if (index === null && !this.large) return;
    this.viewer.pick(index, ...(this.large ? [row, column] : []));
  }

  #onWheel(event) {
    const zooms = event.ctrlKey || event.metaKey || this.zoom !== null;
    if (!this.large || !zooms || !this.after || event.deltaY === 0) return;
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
    if (event.ctrlKey || event.metaKey || event.altKey || !this.after) return;
    const far = event.shiftKey ? 10 : 1;
    const moves = { ArrowLeft: [0, -far], ArrowRight: [0, far], ArrowUp: [-far, 0] };
    const move = { ...moves, ArrowDown: [far, 0] }[event.key];
    const act = {
      "+": () => this.zoomBy(1),
      "=": () => this.zoomBy(1),
      "-": () => this.zoomBy(-1),
      0: () => this.zoomBy(-SCALES.length),
      d: () => this.before && this.toggleDifference(),
      f: () => this.viewer.fillScreen(),
      Enter: () => this.cursor && this.pick(...this.cursor),
      " ": () => this.cursor && this.pick(...this.cursor),
    }[event.key];
    const run = move ? () => this.#moveCursor(...move) : act;
    if (!run || (!this.large && !move && event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    run();
  }

  /** Move the keyboard's cursor; in a small picture, to the next index. */
  #moveCursor(down, right) {
    const { height, width } = this.after;
    const limit = ([row, column]) => [clamp(row, 0, height - 1), clamp(column, 0, width - 1)];
    const middle = [Math.floor(this.center[1] * height), Math.floor(this.center[0] * width)];
    const start = this.cursor ?? (this.large ? middle : [1, 1]);
    let next = limit(this.cursor || !this.large ? [start[0] + down, start[1] + right] : start);
    if (!this.large && this.after.map) next = this.#nextIndex(start, down, right) ?? start;
    this.#setCursor(limit(next));
    this.#keepCursorInView();
  }

  /** Return the first pixel in a direction that has another index, or null. */
  #nextIndex([row, column], down, right) {
    const here = this.after.indexAt(row, column);
    const inside = (r, c) => r >= 0 && c >= 0 && r < this.after.height && c < this.after.width;
    while (inside(row, column)) {
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

// --------------------------------------------------------------------------------- viewer

/** All that an explorer shows below its controls. */
class Viewer {
  constructor(element, source) {
    Object.assign(this, { source, turn: 0, painted: 0, picks: false, photos: new Map() });
    Object.assign(this, { layers: new Map(), waiting: new Map(), small: [], lit: null });
    this.#build();
    element.append(this.root);
    this.root.kqViewer = this;
    this.watcher = new ResizeObserver(() => this.#fit());
    this.watcher.observe(this.root);
    for (const part of [this.scene.element, this.side]) this.watcher.observe(part);
    this.stops = [
      source.onView(() => this.show()),
      source.onLater(() => this.finish()),
      source.onPhotos(() => this.#takePhotos()),
    ];
    this.show();
  }

  #build() {
    const described = `kq-keys-${Math.random().toString(36).slice(2)}`;
    this.scene = new Scene(this, true);
    this.scene.canvas.setAttribute("aria-describedby", described);
    this.message = make("div", "kq-message", { role: "status" });
    this.captions = make("div", "kq-captions", {}, make("span"), make("span"));
    this.value = make("div", "kq-value", { role: "status" });
    this.drawing = make("div", "kq-drawing");
    this.below = make("div", "kq-below");
    this.compare = make("div", "kq-compare", {}, this.scene.element, this.captions, this.value);
    this.compare.append(make("span", "kq-hidden", { id: described }));
    this.compare.lastChild.textContent = KEYS;
    this.readouts = make("div", "kq-readouts");
    this.plots = make("div", "kq-plots");
    this.extras = make("div", "kq-extras");
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
      const about = JSON.parse(new TextDecoder().decode(await inflate(wire.about)));
      if (about.protocol !== PROTOCOL) {
        throw new Problem(
          "This page was opened with another version of kquant: reload it and run the cell again.",
        );
      }
      const pictures = [about.before, about.after, ...about.extras, ...about.below];
      const layers = await Promise.all(pictures.map((each) => this.#layer(each, wire.data)));
      if (turn < this.painted) return;
      this.painted = turn;
      this.#paint(about, layers);
    } catch (error) {
      if (turn < this.painted) return;
      this.painted = turn;
      const told = error instanceof Problem;
      this.#complain(
        told ? error.message : "The picture did not arrive whole: run the cell again.",
      );
    }
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
    for (const part of [this.readouts, this.extras, this.plots]) {
      part.hidden = !part.childElementCount;
    }
    if (about.pick) this.light(about.lit);
    else this.light(about.lit ?? (after?.name === this.litIn ? this.lit : null));
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
    const right = showsGap
      ? `Difference, ${DIFFERENCE_TIMES} × brighter: black is none`
      : after.caption;
    const texts = before ? [before.caption, right] : [after.caption, ""];
    texts.forEach((text, i) => {
      setText(this.captions.children[i], text);
      setAttribute(this.captions.children[i], "title", text);
    });
  }

  #paintSvg(box, drawings) {
    const kept = drawings.filter(Boolean);
    while (box.children.length > kept.length) box.lastChild.remove();
    kept.forEach((svg, i) => {
      if (!box.children[i]) box.append(make("div", "kq-plot"));
      if (box.children[i].kqSvg === svg) return;
      box.children[i].innerHTML = svg;
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
      setAttribute(element.nextSibling, "title", layer.caption);
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
      setAttribute(line, "title", label && `${label}: ${text}`);
    });
  }

  /** Write the readouts that follow, where they belong to what is shown. */
  finish() {
    const later = this.source.later();
    if (!later || later.serial !== this.about?.serial) return;
    for (const line of this.readouts.children) {
      const text = later.texts[line.firstChild.textContent];
      if (text === undefined) continue;
      setText(line.lastChild, text);
      setAttribute(line, "title", `${line.firstChild.textContent}: ${text}`);
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

  /** Say what stands below a picture for a moment, and to those who listen. */
  say(text) {
    setText(this.value, text);
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
  async fillScreen() {
    const whole = this.root.closest(".kq-explorer") ?? this.root;
    try {
      await (document.fullscreenElement ? document.exitFullscreen() : whole.requestFullscreen());
    } catch {
      this.say("This page may not fill the screen.");
    }
  }

  /** Return the pixels on a canvas, read back from it: "before", "after", or a small one's. */
  pixels(which) {
    const layer = typeof which === "number" ? this.small[which].after : this.scene[which];
    const { canvas, width, height } = layer;
    return { width, height, rgba: canvas.getContext("2d").getImageData(0, 0, width, height).data };
  }
}

// ------------------------------------------------------------------------------- controls

/**
 * Give the widget library's sliders and play buttons the names that it leaves out, and say a
 * slider's value as it is written beside it. The pattern: a noUiSlider handle has role="slider"
 * and no label; the buttons of a Play widget have only an icon.
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
  const wanted = { childList: true, characterData: true, subtree: true };
  watcher.observe(explorer, { ...wanted, attributeFilter: ["aria-valuenow", "class"] });
  return watcher;
}

/**
 * Show an explorer in an element.
 *
 * A source has `view()`, `later()` and `photos()`, which return what there is now; `onView`,
 * `onLater` and `onPhotos`, which take a function to call when that changes, and return one that
 * ends it; `pick(value)`, which takes [index, row, column] or null; and `need(key)`, which asks
 * for an original. Returns a function that takes the explorer off the page.
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
  return {
    view: () => model.get("view"),
    later: () => model.get("later"),
    photos: () => model.get("photos"),
    onView: on("view"),
    onLater: on("later"),
    onPhotos: on("photos"),
    need: (key) => model.send({ need: key }),
    pick: (value) => {
      model.set("pick", value);
      model.save_changes();
    },
  };
}

export default {
  render({ model, el }) {
    return mount(el, modelSource(model));
  },
};
