// Loads the program of a sheet when a reader comes near it. data-program is the name of the program and of its styles,
// data-sheet says which of its sheets is meant where it has several.
import { start } from "./thalweg-demo.js";

const programs = new Map();

function load(name) {
  if (!programs.has(name)) {
    const styles = document.createElement("link");
    styles.rel = "stylesheet";
    styles.href = new URL(`${name}.css`, import.meta.url).href;
    const styled = new Promise((done) => (styles.onload = styles.onerror = done));
    document.head.append(styles);
    programs.set(name, Promise.all([start("", name), styled]).then(([program]) => program));
  }
  return programs.get(name);
}

async function mount(place) {
  const { exports, target } = await load(place.dataset.program);
  await exports.mount(place, target, place.dataset.sheet ?? "");
}

const near = new IntersectionObserver((entries) => {
  for (const { target: place } of entries.filter((entry) => entry.isIntersecting)) {
    near.unobserve(place);
    mount(place).catch((error) => {
      place.textContent = "This sheet could not be loaded. Reload the page to try again.";
      console.error(error);
    });
  }
}, { rootMargin: "600px" });

document.querySelectorAll("[data-program]").forEach((place) => near.observe(place));
