// The list that the page and the service share: a SharedMap with a task under each id. The service declares the same in
// TaskList.java.
import { SharedMap } from "@fluidframework/map/legacy";
import { TinyliciousClient } from "@fluidframework/tinylicious-client";
import type { ContainerSchema, IFluidContainer } from "fluid-framework";

export interface Task {
    readonly title: string;
    readonly done: boolean;
}

const schema = { initialObjects: { tasks: SharedMap } } satisfies ContainerSchema;

/** Opens the list of a document. @param port of the ordering service on this machine */
export async function open(port: number, document: string): Promise<TaskList> {
    const client = new TinyliciousClient({ connection: { port } });
    const { container } = await client.getContainer(document, schema, "2");
    return new TaskList(container);
}

export class TaskList {
    private readonly map;

    constructor(container: IFluidContainer<typeof schema>) {
        this.map = container.initialObjects.tasks;
    }

    /** The tasks and their ids, in the order in which they came. */
    all(): [string, Task][] {
        return [...this.map.entries()].filter((entry): entry is [string, Task] => isTask(entry[1]));
    }

    add(title: string): void {
        this.map.set(crypto.randomUUID(), { title, done: false } satisfies Task);
    }

    tick(id: string, done: boolean): void {
        const task: unknown = this.map.get(id);
        if (isTask(task)) {
            this.map.set(id, { ...task, done } satisfies Task);
        }
    }

    /** Hears when anything changed, here or elsewhere. */
    onChange(listener: () => void): void {
        this.map.on("valueChanged", listener);
    }
}

function isTask(value: unknown): value is Task {
    const task = value as Partial<Task> | null | undefined;
    return typeof task?.title === "string" && typeof task.done === "boolean";
}
