/**
 * Play an explorer without a kernel, on views that were computed ahead.
 *
 * Each explorer of a page is an element with the class `kq-ahead` that names its scripts. One calls
 * `kquant.play(name, data)`, with what `kquant_helpers/explorers/ahead.py` returns; another may hold
 * bytes for several explorers of the page and calls `kquant.share(bytes)`. They are loaded when the
 * element comes near, so that a page is read before its explorers arrive.
 */
/* global kquant */
(() => {
  const shared = {};

  /** Return the bytes that base64 text holds. */
  function fromBase64(text) {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  }

  /** Make an element with attributes and children. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  /** An explorer's controls, and the view of the state that they are in. */
  class Player {
    constructor(element, data, [texts, views]) {
      Object.assign(this, { data, texts, views });
      this.start = data.controls.map((control) => control.start);
      this.places = [...this.start];
      this.runs = new Set();
      this.inputs = data.controls.map((control, i) => this.control(control, i));
      const stage = make("div");
      const rows = make("div", { class: "kq-ahead-controls" });
      rows.append(...this.inputs.map((input) => input.row));
      const title = make("div", { class: "kq-title" }, data.title);
      element.replaceChildren(title, rows, stage);
      kquant.mount(stage, this);
      this.moves = false;
      if (element.dataset.moves && !matchMedia("(prefers-reduced-motion: reduce)").matches) {
        this.wander(element);
      }
    }

    /** Return a control: how it is drawn, and how it shows a place. */
    control(control, i) {
      const label = make("span", {}, control.label);
      const words = make("output", {}, control.values[control.start] ?? "");
      if (control.kind === "buttons") {
        const buttons = control.values.map((text, j) => {
          const button = make("button", { type: "button" }, text);
          button.addEventListener("click", () => this.move(i, j + 1));
          return button;
        });
        return { row: make("div", { class: "kq-ahead-row" }, label, ...buttons), show() {} };
      }
      if (control.kind === "choice") {
        const options = control.values.map((text, j) => make("option", { value: j }, text));
        const menu = make("select", {}, ...options);
        menu.value = control.start;
        menu.addEventListener("change", () => this.move(i, Number(menu.value)));
        const show = (place) => (menu.value = place);
        return { row: make("label", { class: "kq-ahead-row" }, label, menu), show };
      }
      const most = control.values.length - 1;
      const slider = make("input", { type: "range", min: 0, max: most, value: control.start });
      const show = (place) => {
        slider.value = place;
        words.textContent = control.values[place];
        slider.setAttribute("aria-valuetext", control.values[place]);
      };
      show(control.start);
      slider.addEventListener("input", () => this.move(i, Number(slider.value)));
      return { row: make("label", { class: "kq-ahead-row" }, label, slider, words), show };
    }

    /** Move one control; the others go to their start where both were not computed together. */
    move(i, place) {
      this.moves = false;
      this.go(i, place);
    }

    go(i, place) {
      const together = this.places.map((each, j) => (j === i ? place : each));
      const alone = this.start.map((each, j) => (j === i ? place : each));
      this.places = this.state(together) >= 0 ? together : alone;
      this.inputs.forEach((input, j) => input.show(this.places[j]));
      for (const run of this.runs) run();
    }

    /** Return the number of the state in which the controls have these places, or -1. */
    state(places) {
      return this.data.states.findIndex((state) => `${state.places}` === `${places}`);
    }

    /** Return the bytes of a name, this explorer's own or shared ones. */
    bytes(name) {
      return fromBase64(this.data.bytes[name] ?? shared[name]);
    }

    /** Move the first slider to and fro until somebody takes it. */
    wander(element) {
      const i = this.data.controls.findIndex((control) => control.kind === "slider");
      const most = this.data.controls[i].values.length - 1;
      let step = -1;
      this.moves = true;
      const stop = () => (this.moves = false);
      for (const kind of ["pointerdown", "keydown", "wheel"]) element.addEventListener(kind, stop);
      const tick = () => {
        if (!this.moves) return;
        const place = this.places[i];
        if (place + step < 0 || place + step > most) step = -step;
        this.go(i, place + step);
        setTimeout(tick, 900);
      };
      setTimeout(tick, 600);
    }

    // What the front end asks of a source of views.

    view() {
      const state = this.state(this.places);
      const about = this.views[state];
      const [drawing, ...plots] = [about.drawing, ...about.plots].map((i) => this.texts[i]);
      const data = this.data.states[state].data.map((name) => this.bytes(name));
      return { about: { ...about, drawing, plots }, data };
    }

    photos() {
      this.unpacked ??= Object.fromEntries(
        Object.entries(this.data.photos).map(([key, photo]) => [
          key,
          { ...photo, data: this.bytes(photo.data) },
        ]),
      );
      return this.unpacked;
    }

    later() {
      return null;
    }

    onView(run) {
      this.runs.add(run);
      return () => this.runs.delete(run);
    }

    onLater() {
      return () => {};
    }

    onPhotos() {
      return () => {};
    }

    need() {}

    pick() {}
  }

  /** Called by an explorer's script once it is there. */
  kquant.play = async (name, data) => {
    const element = document.querySelector(`[data-ahead="${name}"]`);
    try {
      new Player(element, data, await kquant.inflateJson(fromBase64(data.packed)));
    } catch (problem) {
      element.append(make("p", {}, problem.message));
    }
  };

  /** Called by the script of bytes that several explorers need. */
  kquant.share = (bytes) => Object.assign(shared, bytes);

  /** Load the scripts of explorers that come near. */
  function watch() {
    const loaded = new Set();
    /** Load a script once; scripts run in the order in which they were asked for. */
    const load = (src) => {
      if (loaded.has(src)) return;
      loaded.add(src);
      const script = make("script", { src });
      script.async = false;
      document.head.append(script);
    };
    const near = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (!isIntersecting) continue;
          near.unobserve(target);
          target.dataset.src.split(" ").forEach(load);
        }
      },
      { rootMargin: "600px" },
    );
    document.querySelectorAll(".kq-ahead").forEach((element) => near.observe(element));
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", watch);
  else watch();
})();
