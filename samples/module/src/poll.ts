// A poll that several terminals share: each line that is typed is a vote, "undo" takes the last one back.
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { InsecureTokenProvider, SharedTallyMap, ThalwegClient, UndoRedoStackManager, type ThalwegError } from "thalweg";
import { WebSocket } from "ws";

const { values: options, positionals } = parseArgs({
    allowPositionals: true,
    options: {
        url: { type: "string", default: "http://localhost:7070" },
        name: { type: "string", default: process.env["USER"] ?? "somebody" },
    },
});

const client = new ThalwegClient({
    url: options.url,
    tokenProvider: new InsecureTokenProvider("12345", options.name),
    webSocket: WebSocket, // Node.js has a class of its own from version 22 on; before, it is handed over.
});
const schema = { initialObjects: { votes: SharedTallyMap } };

async function poll(document: string | undefined): Promise<void> {
    const container = document ? await client.getContainer(document, schema) : await client.createContainer(schema);
    const { votes } = container.initialObjects;
    console.log(`poll ${document ?? (await container.attach())}`);
    await container.connected();

    const standing = (): string => votes.keys().map((option) => `${option} ${votes.get(option)}`).join(", ");
    const tell = (): void => console.log(`votes ${standing() || "none"}`);
    votes.on("*", ({ local }) => {
        if (!local) {
            tell();
        }
    });
    container.audience.on("memberAdded", ({ member }) => console.log(`${member.name} is here`));
    tell();

    const history = new UndoRedoStackManager(container);
    history.track(votes);
    for await (const line of createInterface({ input: process.stdin })) {
        const option = line.trim();
        if (option === "undo") {
            const { done, skipped } = history.undoOperation();
            console.log(done > 0 ? "taken back" : (skipped[0]?.reason ?? "nothing to take back"));
        } else if (option !== "") {
            votes.increment(option, 1);
        }
        tell();
    }
    await container.saved();
    container.dispose();
    console.log(`final ${standing() || "none"}`);
}

poll(positionals[0]).catch((error: ThalwegError) => {
    console.error(error.code === "service" ? `${options.url} says: ${error.message}` : error);
    process.exitCode = 1;
});
