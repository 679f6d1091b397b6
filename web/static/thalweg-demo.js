// Loads the demo program, WebAssembly first, and offers it as <thalweg-demo>.

const base = new URL("./", import.meta.url);
let program;

/** The program's exports, loaded once for the page; prefer is "wasm-gc", "js" or empty for the better one. */
export function load(prefer = "") {
  if (!program) {
    performance.mark("thalweg-asked");
    program = start(prefer, "thalweg");
  }
  return program;
}

/** Another program of the site; name is that of its files in app/. */
export function start(prefer, name) {
  return fetchProgram(prefer || new URLSearchParams(location.search).get("target") || "", name);
}

async function fetchProgram(prefer, name) {
  const began = performance.now();
  if (prefer !== "js" && hasWasmGc()) {
    try {
      const wasm = new URL(`app/${name}.wasm`, base).href;
      preload(wasm);
      const { load } = await import(new URL("app/thalweg.wasm-runtime.js", base).href);
      const { exports } = await load(wasm);
      return { exports, target: "wasm-gc", file: `${name}.wasm`, began };
    } catch (error) {
      // A strict content security policy refuses the WebAssembly runtime; JavaScript still works there.
      console.warn("Thalweg: WebAssembly could not start, using JavaScript.", error);
    }
  }
  const exports = await import(new URL(`app/${name}.js`, base).href);
  return { exports, target: "js", file: `${name}.js`, began };
}

/** Fetches a file now that is going to be asked for in a moment. */
function preload(href) {
  const hint = document.createElement("link");
  hint.rel = "preload";
  hint.as = "fetch";
  hint.crossOrigin = "anonymous";
  hint.href = href;
  document.head.append(hint);
}

/** Whether a module of one struct type is valid here: then the browser has garbage-collected WebAssembly. */
function hasWasmGc() {
  return typeof WebAssembly === "object"
    && WebAssembly.validate(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 0x5f, 1, 0x7f, 0));
}

/** Puts a rig into an element. Returns what stops it. The marks are for whoever measures how soon that comes. */
export async function mount(place, options = {}, tell = () => {}) {
  const { exports, target, file, began } = await load(options.target);
  performance.mark("thalweg-loaded");
  const url = new URL("app/" + file, base).href;
  const entry = performance.getEntriesByName(url)[0];
  const id = exports.mount(place, JSON.stringify({
    ...options,
    target,
    base: base.href,
    loadMillis: Math.round(performance.now() - began),
    transferBytes: entry ? entry.encodedBodySize || entry.decodedBodySize || 0 : 0,
  }), (name, detail) => tell(name, JSON.parse(detail)));
  performance.mark("thalweg-mounted");
  return () => exports.unmount(id);
}

/** The attributes of an element as options of the rig. */
function optionsOf(element) {
  const words = (name) => (element.getAttribute(name) ?? "").split(/[\s,]+/).filter(Boolean);
  return {
    structures: words("structure"),
    server: element.getAttribute("server") ?? "",
    document: element.getAttribute("document") ?? "",
    latency: Number(element.getAttribute("latency") ?? 300),
    loopback: element.hasAttribute("loopback"),
    clients: Number(element.getAttribute("clients") ?? 2),
    target: element.getAttribute("target") ?? "",
    embedded: true,
  };
}

class ThalwegDemo extends HTMLElement {
  #stop = null;
  #connected = false;

  async connectedCallback() {
    this.#connected = true;
    fonts();
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const styles = document.createElement("link");
    styles.rel = "stylesheet";
    styles.href = new URL("rig.css", base).href;
    const place = document.createElement("div");
    root.replaceChildren(styles, place);
    const tell = (name, detail) =>
      this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
    const stop = await mount(place, optionsOf(this), tell);
    if (this.#connected) {
      this.#stop = stop;
    } else {
      stop();
    }
  }

  disconnectedCallback() {
    this.#connected = false;
    this.#stop?.();
    this.#stop = null;
  }
}

/** Font faces count only in the document itself, not in a shadow root. */
function fonts() {
  const href = new URL("fonts.css", base).href;
  if (![...document.styleSheets].some((sheet) => sheet.href === href)) {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    document.head.append(link);
  }
}

if (!customElements.get("thalweg-demo")) {
  customElements.define("thalweg-demo", ThalwegDemo);
}
