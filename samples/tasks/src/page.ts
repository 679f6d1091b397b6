// Shows the task list and lets people edit it.
import { open, type TaskList } from "./tasks.js";

const form = document.querySelector("form")!;
const title = form.querySelector("input")!;
const items = document.querySelector("ul")!;

const settings: { document: string; port: number } = await (await fetch("settings")).json();
const list = await open(settings.port, settings.document);

form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (title.value.trim()) {
        list.add(title.value.trim());
        title.value = "";
    }
});
list.onChange(() => show(list));
show(list);
document.body.dataset["state"] = "open";

function show(list: TaskList): void {
    items.replaceChildren(
        ...list.all().map(([id, task]) => {
            const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: task.done });
            box.addEventListener("change", () => list.tick(id, box.checked));
            const label = document.createElement("label");
            label.append(box, ` ${task.title}`);
            const item = document.createElement("li");
            item.append(label);
            return item;
        }),
    );
}
