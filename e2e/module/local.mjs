// What documents that need no service do in JavaScript, as one JSON text on the last line.
// usage: node local.mjs MODULE
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

const local = await import(pathToFileURL(resolve(process.argv[2])));
const said = {};

const ann = new local.TextDocument("ann");
ann.insert(0, "The fox jumped");
const bob = new local.TextDocument("bob");
bob.merge(ann.encode());
ann.mark(0, 7, "bold", true);
bob.mark(4, 14, "italic", true, "none");
bob.insert(14, " 😀");
said.inherited = [ann.insert(2, "e"), bob.insert(0, "") ?? "none"];
ann.delete(2, 1);
const place = ann.cursor(4);
said.edits = ann.merge(bob.encodeSince(ann.known()));
bob.merge(ann.encodeSince(bob.known()));
said.contents = ann.contents();
said.same = JSON.stringify(bob.contents()) === JSON.stringify(said.contents);
bob.insert(0, "1. ");
said.place = bob.position(place);
said.blame = bob.blame(0, bob.length).map((part) => `${part.agent} ${part.length}`);

ann.closeStep();
ann.delete(4, 4);
ann.merge(bob.encodeSince(ann.known()));
said.deleted = ann.text;
ann.undo();
said.undone = ann.text;
said.redo = [ann.canUndo, ann.canRedo];

ann.play(7);
said.played = [ann.played, ann.play(3), ann.played];
said.loaded = new local.TextDocument("ann", ann.encode()).text;
said.run = bob.runsSince({ ann: 14 }).slice(0, 1);
const reader = new local.TextDocument("reader");
said.byRuns = [reader.mergeRuns(bob.runsSince({})).length, JSON.stringify(reader.contents()) === JSON.stringify(bob.contents()),
    reader.mergeRuns(bob.runsSince({})).length];
said.bytes = bob.encode() instanceof Uint8Array;

said.errors = [() => ann.insert(99, "x"), () => ann.merge(new Uint8Array(9)), () => ann.insert("0", "x"),
    () => local.doc_delete(99, "t", "r"), () => local.doc_merge_remote(local.create_doc("x"), "[1]"),
    () => new local.TextDocument(""), () => ann.position({ unit: ["eve", 1], affinity: "after" }), () => ann.mergeRuns([{ peer: "eve" }])].map((misuse) => {
    try {
        misuse();
        return "nothing";
    } catch (e) {
        return `${e.name} ${e.code}`;
    }
});

const one = local.create_doc("one");
const two = local.create_doc("two");
said.inserted = JSON.parse(local.doc_insert(one, "todo", "a", '[["title","boat"],["done",false]]'));
local.doc_update(one, "todo", "a", "done", "true");
said.merged = JSON.parse(local.doc_merge_remote(two, local.doc_get_pending(one, "{}")));
local.doc_delete(two, "todo", "a");
local.doc_merge_remote(one, local.doc_get_pending(two, '{"one":1}'));
said.states = [one, two].map((handle) => JSON.parse(local.doc_sync_state(handle)));
local.ephemeral_set(one, "cursors", "one", "5", 1);
said.entry = JSON.parse(local.ephemeral_get(one, "cursors", "one"));
said.fresh = JSON.parse(local.ephemeral_merge(two, JSON.stringify({ cursors: JSON.parse(local.ephemeral_get_all(one, "cursors")) })));
said.none = local.ephemeral_get(two, "cursors", "two");
local.free_doc(one);
console.log(JSON.stringify(said));
