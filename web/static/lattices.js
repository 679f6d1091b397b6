// Loads the program of the sheet of lattices when a reader comes near it.
import { start } from "./thalweg-demo.js";

const place = document.querySelector("[data-lattices]");

async function mount() {
  const styles = document.createElement("link");
  styles.rel = "stylesheet";
  styles.href = new URL("lattices.css", import.meta.url).href;
  const styled = new Promise((done) => (styles.onload = styles.onerror = done));
  document.head.append(styles);
  const [{ exports, target }] = await Promise.all([start("", "lattices"), styled]);
  exports.mount(place, target);
}

new IntersectionObserver((entries, watch) => {
  if (entries.some((entry) => entry.isIntersecting)) {
    watch.disconnect();
    mount().catch((error) => {
      place.textContent = "This sheet could not be loaded. Reload the page to try again.";
      console.error(error);
    });
  }
}, { rootMargin: "600px" }).observe(place);
