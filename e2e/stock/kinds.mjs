// What there is to edit: the class of each structure, the calls a test makes on it, and what a person would see in it.

import { SharedCell } from "@fluidframework/cell/internal";
import { SharedCounter } from "@fluidframework/counter/legacy";
import { SharedDirectory, SharedMap } from "@fluidframework/map/legacy";
import { SharedMatrix } from "@fluidframework/matrix/legacy";
import { ConsensusQueue, ConsensusResult } from "@fluidframework/ordered-collection/legacy";
import { ConsensusRegisterCollection, ReadPolicy } from "@fluidframework/register-collection/legacy";
import { SharedString } from "@fluidframework/sequence/legacy";
import { TaskManager } from "@fluidframework/task-manager/legacy";
import { SchemaFactory, SharedTree, TreeViewConfiguration } from "fluid-framework";

const sorted = (entries) => Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));

const folder = (directory) => ({
  values: sorted(directory.entries()),
  folders: sorted([...directory.subdirectories()].map(([name, inner]) => [name, folder(inner)])),
});

const forms = new SchemaFactory("thalweg");
class Task extends forms.object("Task", { text: forms.string, done: forms.boolean }) {}
class Tasks extends forms.array("Tasks", Task) {}
const views = new WeakMap();
const tasks = (tree) => {
  if (!views.has(tree)) {
    const view = tree.viewWith(new TreeViewConfiguration({ schema: Tasks }));
    if (view.compatibility.canInitialize) view.initialize([]);
    views.set(tree, view);
  }
  return views.get(tree).root;
};

// A call that a kind does not name is made on the structure itself.
export const kinds = {
  map: {
    kind: SharedMap,
    state: (map) => sorted(map.entries()),
    calls: {},
  },
  directory: {
    kind: SharedDirectory,
    state: folder,
    calls: {
      setIn: (directory, path, key, value) => void directory.getWorkingDirectory(path).set(key, value),
      deleteIn: (directory, path, key) => directory.getWorkingDirectory(path).delete(key),
      makeFolder: (directory, path, name) => void directory.getWorkingDirectory(path).createSubDirectory(name),
      deleteFolder: (directory, path, name) => directory.getWorkingDirectory(path).deleteSubDirectory(name),
    },
  },
  counter: {
    kind: SharedCounter,
    state: (counter) => counter.value,
    calls: {},
  },
  registers: {
    kind: ConsensusRegisterCollection,
    state: (registers) =>
      sorted(
        registers.keys().map((key) => [
          key,
          { atomic: registers.read(key, ReadPolicy.Atomic), versions: registers.readVersions(key) },
        ]),
      ),
    calls: {},
  },
  queue: {
    kind: ConsensusQueue,
    // The collection shows nobody what waits in it, so its own summary is asked.
    state: (queue) => parts(queue),
    calls: {
      // Takes the first value and says that the work is done.
      finish: (queue) => taken(queue, ConsensusResult.Complete),
      // Takes the first value and gives it back.
      putBack: (queue) => taken(queue, ConsensusResult.Release),
    },
  },
  tasks: {
    kind: TaskManager,
    state: (manager) => parts(manager),
    calls: {
      // Says so without waiting for the answer, which comes when the others have left.
      offer: (manager, task) => void manager.volunteerForTask(task).catch(() => {}),
    },
  },
  cell: {
    kind: SharedCell,
    state: (cell) => ({ value: cell.get() ?? null, empty: cell.empty() }),
    calls: {},
  },
  string: {
    kind: SharedString,
    state(string) {
      const marks = [];
      for (let at = 0; at < string.getLength(); at++) marks.push(sorted(Object.entries(string.getPropertiesAtPosition(at) ?? {})));
      const ranges = [...string.getIntervalCollection("ranges")].map((range) => ({
        id: range.getIntervalId(),
        start: string.localReferencePositionToPosition(range.start),
        end: string.localReferencePositionToPosition(range.end),
        properties: sorted(Object.entries(range.properties)),
      }));
      return { text: string.getText(), marks, ranges: ranges.sort((a, b) => (a.id < b.id ? -1 : 1)) };
    },
    calls: {
      addRange: (string, start, end, props) =>
        string.getIntervalCollection("ranges").add({ start, end, props }).getIntervalId(),
    },
  },
  matrix: {
    kind: SharedMatrix,
    state: (matrix) =>
      Array.from({ length: matrix.rowCount }, (_, row) =>
        Array.from({ length: matrix.colCount }, (_, column) => matrix.getCell(row, column) ?? null),
      ),
    calls: {},
  },
  tree: {
    kind: SharedTree,
    state: (tree) => tasks(tree).map(({ text, done }) => ({ text, done })),
    calls: {
      insert: (tree, place, text) => tasks(tree).insertAt(place, new Task({ text, done: false })),
      finish: (tree, place) => void (tasks(tree)[place].done = true),
      rename: (tree, place, text) => void (tasks(tree)[place].text = text),
      remove: (tree, place) => tasks(tree).removeAt(place),
      move: (tree, from, gap) => tasks(tree).moveToIndex(gap, from),
    },
  },
};

async function taken(queue, result) {
  let value = null;
  await queue.acquire(async (first) => {
    value = first;
    return result;
  });
  return value;
}

function parts(channel) {
  const found = {};
  for (const [name, node] of Object.entries(channel.getAttachSummary().summary.tree)) {
    if (typeof node.content === "string") found[name] = JSON.parse(node.content);
  }
  return sorted(Object.entries(found));
}
