/**
 * Play an explorer without a kernel, on views that were computed ahead.
 *
 * Each explorer of a page is an element with the class `kq-ahead` that names a script; the script
 * calls `kquant.play(name, data)`, with what `kquant_helpers/explorers/ahead.py` returns. It is
 * loaded when the element comes near, so that a page is read before its explorers arrive.
 */
/* global kquant */
(() => {
  const players = new Map();

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
    constructor(element, data) {
      this.data = data;
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
      this.places = this.state(together) ? together : alone;
      this.inputs.forEach((input, j) => input.show(this.places[j]));
      for (const run of this.runs) run();
    }

    state(places) {
      return this.data.states.find((state) => `${state.places}` === `${places}`);
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
      const { about, data } = this.state(this.places).view;
      const bytes = (name) => fromBase64(this.data.bytes[name]);
      return { about: bytes(about), data: data.map(bytes) };
    }

    photos() {
      this.unpacked ??= Object.fromEntries(
        Object.entries(this.data.photos).map(([key, photo]) => [
          key,
          { ...photo, data: fromBase64(this.data.bytes[photo.data]) },
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
  kquant.play = (name, data) => {
    for (const element of document.querySelectorAll(`[data-ahead="${name}"]`)) {
      players.set(element, new Player(element, data));
    }
  };

  /** Load the scripts of explorers that come near. */
  function watch() {
    const near = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (!isIntersecting) continue;
          near.unobserve(target);
          document.head.append(make("script", { src: target.dataset.src }));
        }
      },
      { rootMargin: "600px" },
    );
    document.querySelectorAll(".kq-ahead").forEach((element) => near.observe(element));
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", watch);
  else watch();
})();
