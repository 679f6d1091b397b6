// For the demo page: Fluid's own client on the demo's document, as an element. The page fetches this file when somebody
// asks for it:
//
//   <thalweg-stock-client server="http://localhost:7070" document="…"></thalweg-stock-client>
//
// It shows two of the demo's structures that Fluid has; the others stay as they are.
import { SharedCounter } from "@fluidframework/counter/legacy";
import { SharedMap } from "@fluidframework/map/legacy";
import { TinyliciousClient } from "@fluidframework/tinylicious-client";
import type { ContainerSchema } from "fluid-framework";
import { others } from "./others.js";

const schema = {
    initialObjects: { map: SharedMap, counter: SharedCounter },
    dynamicObjectTypes: others,
} satisfies ContainerSchema;

/** A line of the element: a number that can be moved up and down. */
interface Row {
    readonly key: string;
    read(): number;
    move(by: number): void;
}

class StockClient extends HTMLElement {
    #leave = (): void => {};

    async connectedCallback(): Promise<void> {
        this.dataset["state"] = "joining";
        const title = document.createElement("h3");
        title.textContent = "Fluid's own client";
        const list = document.createElement("ul");
        list.className = "rows";
        this.replaceChildren(title, list);
        try {
            await this.#join(list);
            this.dataset["state"] = "joined";
        } catch (error) {
            this.dataset["state"] = "failed";
            list.textContent = `It could not join: ${error instanceof Error ? error.message : String(error)}`;
        }
    }

    disconnectedCallback(): void {
        this.#leave();
    }

    async #join(list: HTMLElement): Promise<void> {
        const server = new URL(this.getAttribute("server") ?? "", location.href);
        const client = new TinyliciousClient({
            connection: {
                domain: `${server.protocol}//${server.hostname}`,
                port: Number(server.port || (server.protocol === "https:" ? 443 : 80)),
            },
        });
        const { container } = await client.getContainer(this.getAttribute("document") ?? "", schema, "2");
        this.#leave = () => container.dispose();
        const { map, counter } = container.initialObjects;
        const show = (): void => {
            const gauges = [...map.keys()].map((key): Row => {
                const read = (): number => Number(map.get(key));
                return { key, read, move: (by) => map.set(key, Math.max(0, read() + by)) };
            });
            const sandbags: Row = {
                key: "sandbags-placed",
                read: () => counter.value,
                move: (by) => counter.increment(by),
            };
            draw(list, [...gauges, sandbags]);
        };
        map.on("valueChanged", show);
        map.on("clear", show);
        counter.on("incremented", show);
        show();
    }
}

/* Lines that are there already stay, so that a button keeps the focus while values change. */
function draw(list: HTMLElement, rows: Row[]): void {
    if ([...list.children].map((item) => (item as HTMLElement).dataset["key"]).join() !== rows.map(({ key }) => key).join()) {
        list.replaceChildren(...rows.map(line));
    }
    rows.forEach(({ read }, i) => {
        const item = list.children[i] as HTMLElement;
        item.dataset["value"] = String(read());
        item.querySelector("output")!.textContent = String(read());
    });
}

function line(row: Row): HTMLElement {
    const item = document.createElement("li");
    item.className = "row";
    item.dataset["key"] = row.key;
    const name = document.createElement("span");
    name.className = "row-name";
    name.textContent = row.key;
    const value = document.createElement("output");
    value.className = "row-value";
    const actions = document.createElement("span");
    actions.className = "row-actions";
    item.append(name, value, actions);
    for (const [action, by, label] of [["decrement", -1, "Lower"], ["increment", 1, "Raise"]] as const) {
        const button = document.createElement("button");
        button.type = "button";
        button.dataset["action"] = action;
        button.textContent = by < 0 ? "−" : "+";
        button.setAttribute("aria-label", `${label} ${row.key} in Fluid's client`);
        button.addEventListener("click", () => row.move(by));
        actions.append(button);
    }
    return item;
}

customElements.define("thalweg-stock-client", StockClient);
