// Takes a name for this tab, loads the program and starts it.

const NAMES = ["A", "B", "C", "D", "E", "F", "G", "H"];
const place = document.querySelector("main");

/* A name is a lock, which the browser gives to one tab and takes back when that is gone. */
function hold(name, options) {
  return new Promise((done) => {
    navigator.locks.request("notes-" + name, options, (lock) => {
      done(lock !== null);
      return lock && new Promise(() => {});
    }).catch(() => done(false));
  });
}

/* This tab's own name first: after a reload the page before may hold it for a moment still. */
async function claim() {
  const own = sessionStorage.getItem("notes-tab");
  if (own && (await hold(own, { signal: AbortSignal.timeout(5000) }))) {
    return own;
  }
  for (const name of NAMES) {
    if (await hold(name, { ifAvailable: true })) {
      sessionStorage.setItem("notes-tab", name);
      return name;
    }
  }
  throw new Error(`there are ${NAMES.length} tabs already`);
}

async function load() {
  if (new URLSearchParams(location.search).get("target") !== "js") {
    try {
      const { load } = await import("./program.wasm-runtime.js");
      const { exports } = await load(new URL("program.wasm", import.meta.url).href);
      return { exports, target: "wasm-gc" };
    } catch (error) {
      console.warn("WebAssembly could not start, using JavaScript.", error);
    }
  }
  return { exports: await import("./program.js"), target: "js" };
}

try {
  const [name, { exports, target }] = await Promise.all([claim(), load()]);
  exports.start(place, name, NAMES.join(), target);
} catch (error) {
  place.textContent = "The notes cannot be shown: " + error.message + ".";
  console.error(error);
}
