// Starts the rig of the page and fills in what the build has measured.
import { mount } from "./thalweg-demo.js";

const query = new URLSearchParams(location.search);

const fragment = () => new URLSearchParams(location.hash.slice(1));

mount(document.querySelector("[data-mount]"), {
  structures: [],
  server: query.get("server") ?? "",
  document: fragment().get("doc") ?? "",
  latency: Number(query.get("latency") ?? 300),
  loopback: query.has("loopback"),
  clients: Number(query.get("clients") ?? 2),
  embedded: false,
}).catch((error) => {
  const stamp = document.querySelector("[data-rig] .stamp");
  stamp.textContent = "The demo could not be loaded. Reload the page to try again.";
  console.error(error);
});

// Another document in the address is another document: start over with it. A jump to a place on the page is not: the
// document stays in the address.
addEventListener("hashchange", ({ oldURL, newURL }) => {
  const [shown, wanted] = [oldURL, newURL].map((url) => new URLSearchParams(new URL(url).hash.slice(1)).get("doc"));
  if (shown && !wanted) {
    history.replaceState(history.state, "", "#doc=" + shown);
  } else if (wanted !== shown) {
    location.reload();
  }
});

/*
 * proven.json is written by the build: {"numbers": [{"what", "measured", "source", "href", "date"}, {}]}.
 * A number without its source is not shown; without the file the page says that it has none.
 */
async function proven() {
  const section = document.querySelector("[data-proven]");
  let numbers = [];
  try {
    const response = await fetch("proven.json");
    if (response.ok) {
      ({ numbers = [] } = await response.json());
    }
  } catch {
    // No file: the sentence below says so.
  }
  numbers = numbers.filter((number) => number.what && number.measured && number.source);
  const date = numbers.map((number) => number.date ?? "").sort().pop();
  const rows = numbers.map((number) => {
    const row = document.createElement("tr");
    for (const [text, href] of [[number.what], [number.measured], [number.source, number.href]]) {
      const cell = row.insertCell();
      if (href && /^(https?:|[\w./-]+$)/.test(href)) {
        const link = document.createElement("a");
        link.href = href;
        link.textContent = text;
        cell.append(link);
      } else {
        cell.textContent = text;
      }
    }
    return row;
  });
  if (rows.length === 0) {
    document.querySelector("[data-proven-lead]").textContent =
      "This copy of the page was built without measuring, so it shows no numbers. A full build writes them here, each with the test or benchmark it was read from.";
    return;
  }
  section.querySelector("tbody").replaceChildren(...rows);
  section.querySelector("[data-proven-date]").textContent = date ? `Measured ${date}.` : "";
  section.hidden = false;
}

proven();
