// Maps of Yjs and Automerge for ./dev bench lattices.
//
//   node bench.mjs ROUNDS CYCLES      one line of JSON a row of the table: what, yjs, automerge
//
// Times are medians, in µs. What is merged whole is merged into a new copy each time, whose making is not counted. Both
// sides must come to as many keys.

import * as Automerge from "@automerge/automerge";
import * as Y from "yjs";

const rounds = Number(process.argv[2]);
const cycles = Number(process.argv[3]);
const SIZE = 10_000;
const ELEMENTS = 1_000;
const key = (i) => "gauge-" + i;

// What one edit does: i of 5 in 3 cases a new key, else one that goes; the same as on the JVM.
const edits = (first) => Array.from({ length: 5 }, (_, n) => first + n)
  .map((i) => (i % 5 < 3 ? { put: SIZE + i } : { remove: 7 * i }));

const yjs = {
  base(size) {
    const doc = new Y.Doc();
    const map = doc.getMap("keys");
    for (let i = 0; i < size; i++) map.set(key(i), i);
    return doc;
  },
  copy(doc) {
    const other = new Y.Doc();
    other.getMap("keys");
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    return other;
  },
  edit(doc, all) {
    let update;
    doc.once("update", (bytes) => (update = bytes));
    const map = doc.getMap("keys");
    doc.transact(() => {
      for (const { put, remove } of all) put === undefined ? map.delete(key(remove)) : map.set(key(put), put);
    });
    return { doc, delta: update };
  },
  bytes: (doc) => Y.encodeStateAsUpdate(doc),
  join(doc, bytes) {
    Y.applyUpdate(doc, bytes);
    return doc;
  },
  take(doc, bytes) {
    Y.applyUpdate(doc, bytes);
    return doc;
  },
  size: (doc) => doc.getMap("keys").size,
};

const automerge = {
  base(size) {
    return Automerge.from({ keys: Object.fromEntries(Array.from({ length: size }, (_, i) => [key(i), i])) });
  },
  copy: (doc) => Automerge.clone(doc),
  edit(doc, all) {
    const after = Automerge.change(doc, ({ keys }) => {
      for (const { put, remove } of all) put === undefined ? delete keys[key(remove)] : (keys[key(put)] = put);
    });
    return { doc: after, delta: Automerge.getLastLocalChange(after) };
  },
  bytes: (doc) => Automerge.save(doc),
  join: (doc, bytes) => Automerge.merge(doc, Automerge.load(bytes)),
  take: (doc, bytes) => Automerge.applyChanges(doc, [bytes])[0],
  size: (doc) => Object.keys(doc.keys).length,
};

function median(values) {
  values.sort((a, b) => a - b);
  return values[values.length >> 1];
}

function timed(prepare, act) {
  const micros = [];
  for (let round = -5; round < rounds; round++) {
    const input = prepare(round + 5);
    const start = performance.now();
    act(input);
    if (round >= 0) micros.push((performance.now() - start) * 1000);
  }
  return Math.round(median(micros) * 100) / 100;
}

function changing(side, base) {
  let doc = side.copy(base);
  return timed((n) => n, (n) => (doc = side.edit(doc, [{ put: SIZE + n }]).doc));
}

function taking(side, base, many) {
  let one = side.copy(base);
  let other = side.copy(base);
  return timed(
    (n) => {
      const edit = side.edit(one, Array.from({ length: many }, (_, i) => ({ put: SIZE + n * many + i })));
      one = edit.doc;
      return edit.delta;
    },
    (delta) => (other = side.take(other, delta)),
  );
}

function worn(side, many) {
  let doc = side.base(ELEMENTS);
  for (let i = 0; i < many; i += ELEMENTS) {
    const all = Array.from({ length: Math.min(ELEMENTS, many - i) }, (_, n) => n);
    doc = side.edit(doc, all.map((n) => ({ remove: n }))).doc;
    doc = side.edit(doc, all.map((n) => ({ put: n }))).doc;
  }
  if (side.size(doc) !== ELEMENTS) throw new Error(`${side.size(doc)} keys are left`);
  return side.bytes(doc).length;
}

function measure(side) {
  const base = side.base(SIZE);
  const left = side.edit(side.copy(base), edits(0)).doc;
  const right = side.edit(side.copy(base), edits(5)).doc;
  const theirs = side.bytes(right);
  const one = side.edit(side.copy(base), [{ put: SIZE }]).delta;
  const ten = side.edit(side.copy(base), Array.from({ length: 10 }, (_, i) => ({ put: SIZE + i }))).delta;
  const merged = side.size(side.join(side.copy(left), theirs));
  if (merged !== SIZE + 2) throw new Error(`${merged} keys after merging`);
  const young = worn(side, 0);
  const old = worn(side, cycles);
  return {
    "change one key, with its update, µs": changing(side, base),
    "merge the whole of another that differs in 10, from bytes, µs": timed(() => side.copy(left), (doc) => side.join(doc, theirs)),
    "take the update of 1 change, µs": taking(side, base, 1),
    "take the update of 10 changes, µs": taking(side, base, 10),
    "the state, bytes": side.bytes(base).length,
    "one change, bytes": one.length,
    "ten changes, bytes": ten.length,
    "a new map of 1,000 keys, bytes as it travels": young,
    [`the same after ${cycles.toLocaleString("en")} removals and additions, bytes as it travels`]: old,
  };
}

const ours = measure(yjs);
const theirs = measure(automerge);
for (const what of Object.keys(ours)) console.log(JSON.stringify({ what, yjs: ours[what], automerge: theirs[what] }));
