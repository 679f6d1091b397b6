// Types recorded histories on our module and on its peers, each in a process of its own, and prints a table: medians and
// best of the rounds. Every text is compared.
// Positions of traces count code points and are taken as UTF-16 units, so only texts without any beyond U+FFFF will do.
// usage: node --expose-gc bench.mjs MODULE ROUNDS FILE... where each FILE is a sequential editing trace, plain or gzip
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";

const [module, rounds, ...files] = process.argv.slice(2);

/** By name: a library with an empty text, in the few words that are measured. `update` is what one edit sends. */
const libraries = {
    "ours, JavaScript": async () => {
        const { TextDocument } = await import(pathToFileURL(resolve(module)));
        return {
            create: () => new TextDocument("a"),
            insert: (doc, at, text) => doc.insert(at, text),
            remove: (doc, at, count) => doc.delete(at, count),
            updates: (doc) => {
                let sent = 0;
                return { after: () => { sent = doc.encodeFrom(sent) && doc.events; } };
            },
            save: (doc) => doc.encode(),
            load: (bytes) => new TextDocument("b", bytes),
            text: (doc) => doc.text,
        };
    },
    yjs: async () => {
        const Y = await import("yjs");
        return {
            create: () => new Y.Doc(),
            insert: (doc, at, text) => doc.getText("t").insert(at, text),
            remove: (doc, at, count) => doc.getText("t").delete(at, count),
            // One transaction for all.
            all: (doc, edits) => doc.transact(edits),
            updates: (doc) => {
                let bytes = 0;
                doc.on("update", (update) => { bytes += update.length; });
                return { after: () => {} };
            },
            save: (doc) => Y.encodeStateAsUpdateV2(doc),
            load: (bytes) => {
                const doc = new Y.Doc();
                Y.applyUpdateV2(doc, bytes);
                return doc;
            },
            text: (doc) => doc.getText("t").toString(),
        };
    },
    "loro-crdt": async () => {
        const { LoroDoc } = await import("loro-crdt");
        return {
            create: () => new LoroDoc(),
            insert: (doc, at, text) => doc.getText("t").insert(at, text),
            remove: (doc, at, count) => doc.getText("t").delete(at, count),
            all: (doc, edits) => { edits(); doc.commit(); },
            updates: (doc) => {
                let bytes = 0;
                doc.subscribeLocalUpdates((update) => { bytes += update.length; });
                return { after: () => doc.commit() };
            },
            save: (doc) => doc.export({ mode: "snapshot" }),
            load: (bytes) => LoroDoc.fromSnapshot(bytes),
            text: (doc) => doc.getText("t").toString(),
        };
    },
    "@automerge/automerge": async () => {
        const A = await import("@automerge/automerge");
        return {
            create: () => ({ at: A.from({ t: "" }), open: null }),
            insert: (doc, at, text) => A.splice(doc.open, ["t"], at, 0, text),
            remove: (doc, at, count) => A.splice(doc.open, ["t"], at, count),
            all: (doc, edits) => {
                doc.at = A.change(doc.at, (open) => {
                    doc.open = open;
                    edits();
                });
            },
            save: (doc) => A.save(doc.at),
            load: (bytes) => ({ at: A.load(bytes) }),
            text: (doc) => doc.at.t,
        };
    },
    "diamond-types-node": async () => {
        const { Doc } = (await import("diamond-types-node")).default;
        return {
            create: () => new Doc("a"),
            insert: (doc, at, text) => doc.ins(at, text),
            remove: (doc, at, count) => doc.del(at, count),
            save: (doc) => doc.toBytes(),
            load: (bytes) => Doc.fromBytes(bytes, "b"),
            text: (doc) => doc.get(),
        };
    },
};

function read(file) {
    const bytes = readFileSync(file);
    const trace = JSON.parse(file.endsWith(".gz") ? gunzipSync(bytes) : bytes);
    return { edits: trace.txns.flatMap((txn) => txn.patches), end: trace.endContent };
}

function play(library, doc, edits, after) {
    for (const [at, removed, inserted] of edits) {
        if (removed > 0) {
            library.remove(doc, at, removed);
        }
        if (inserted) {
            library.insert(doc, at, inserted);
        }
        after?.();
    }
}

function typed(library, edits, updates) {
    const doc = library.create();
    const sent = updates ? library.updates(doc) : null;
    const all = !updates && library.all;
    all ? all(doc, () => play(library, doc, edits)) : play(library, doc, edits, sent?.after);
    return doc;
}

function measure(times, work, end, text) {
    const all = [];
    for (let i = -1; i < times; i++) {
        const start = performance.now();
        const outcome = work();
        const millis = performance.now() - start;
        if (text(outcome) !== end) {
            throw new Error("ended in another text");
        }
        if (i >= 0) {
            all.push(millis);
        }
    }
    all.sort((a, b) => a - b);
    return `${all[all.length >> 1].toFixed(1)} / ${all[0].toFixed(1)}`;
}

/** What is held in memory, of JavaScript and of WebAssembly and other buffers. */
function held() {
    globalThis.gc();
    globalThis.gc();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
}

async function row(name, file) {
    const library = await libraries[name]();
    const { edits, end } = read(file);
    // So that what is made once, such as memory of WebAssembly, is not counted as the text's.
    typed(library, edits.slice(0, 1000), false);
    const before = held();
    const kept = typed(library, edits, false);
    const memory = held() - before;
    const bytes = library.save(kept);
    const text = (doc) => library.text(doc);
    const cells = [measure(rounds, () => typed(library, edits, false), end, text),
        library.updates ? measure(rounds, () => typed(library, edits, true), end, text) : "–",
        measure(rounds, () => library.load(bytes), end, text), bytes.length, (memory / end.length).toFixed(1),
        (memory / edits.length).toFixed(1), text(kept) === end ? "" : "another text"];
    return `| ${basename(file).replace(/\.json(\.gz)?$/, "")} | ${name} | ${cells.slice(0, 6).join(" | ")} |${cells[6]}`;
}

if (process.env.THALWEG_PEER) {
    console.log(await row(process.env.THALWEG_PEER, files[0]));
} else {
    console.log("| history | library | typed, ms | typed with an update each, ms | loaded, ms | file, bytes "
        + "| memory, bytes a letter | memory, bytes an edit |\n|---|---|--:|--:|--:|--:|--:|--:|");
    for (const file of files) {
        for (const name of Object.keys(libraries)) {
            process.stdout.write(execFileSync(process.execPath, ["--expose-gc", fileURLToPath(import.meta.url), module, rounds, file],
                { env: { ...process.env, THALWEG_PEER: name }, encoding: "utf8" }));
        }
    }
}
