// Plays random scripts with Fluid's own structures and records what came of every step.
//
//   node generate.mjs STRUCTURE [COUNT] [SEED]      one script per line on standard output
//
// The form is described in README.md. Everything follows from the seed.

import { SharedCell } from "@fluidframework/cell/internal";
import { DirectoryFactory, MapFactory } from "@fluidframework/map/internal";
import { SharedCounter } from "@fluidframework/counter/internal";
import { ConsensusQueueFactory, ConsensusResult } from "@fluidframework/ordered-collection/internal";
import { ConsensusRegisterCollectionFactory, ReadPolicy } from "@fluidframework/register-collection/internal";
import { TaskManager } from "@fluidframework/task-manager/internal";
import { MockFluidDataStoreRuntime, MockObjectStorageService } from "@fluidframework/test-runtime-utils/internal";

// --- chance -------------------------------------------------------------------------------------------------------

class Rng {
  constructor(seed) {
    this.state = (Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995) | 0 || 1;
  }
  below(bound) {
    let x = this.state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.state = x;
    return (x >>> 1) % bound;
  }
  between(from, to) {
    return from + this.below(to - from + 1);
  }
  chance(percent) {
    return this.below(100) < percent;
  }
  pick(choices) {
    return choices[this.below(choices.length)];
  }
  weighted(weights) {
    let left = this.below(Object.values(weights).reduce((sum, weight) => sum + weight, 0));
    for (const [name, weight] of Object.entries(weights)) {
      left -= weight;
      if (left < 0) return name;
    }
  }
}

// --- structures: how to make calls up, make them, and look ----------------------------------------------------------

const KEYS = ["a", "b", "c", "d", "é€", "🌊"];
const NAMES = ["x", "y", "é🌊"];
const TASKS = ["t1", "t2"];
const INDEX_KEYS = ["a", "10", "9", "09", "z"];

const structures = {
  map: {
    factory: new MapFactory(),
    profiles: ["plain", "plain", "plain", "indexes", "large"],
    generate(rng, profile) {
      const k = rng.pick(profile === "indexes" ? INDEX_KEYS : KEYS);
      const m = rng.weighted({ set: 70, delete: 20, clear: profile === "large" ? 2 : 8 });
      if (m === "clear") return { m };
      if (m === "delete") return { m, k };
      return { m, k, v: profile === "large" ? largeValue(rng) : value(rng) };
    },
    perform(channel, call) {
      if (call.m === "set") return void channel.set(call.k, call.v);
      if (call.m === "delete") return channel.delete(call.k);
      return void channel.clear();
    },
    state: (channel) => [...channel.entries()],
    listen(channel, tell) {
      channel.on("valueChanged", (changed, local) => tell(["valueChanged", changed, local]));
      channel.on("clear", (local) => tell(["clear", local]));
    },
  },
  directory: {
    factory: new DirectoryFactory(),
    profiles: ["plain", "plain", "deep", "deletions", "deletions", "indexes", "large"],
    generate(rng, profile, channel) {
      let directory = channel;
      while (rng.chance(profile === "deep" ? 80 : 50)) {
        directory = directory.getSubDirectory(rng.pick(NAMES)) ?? directory;
      }
      const p = directory.absolutePath;
      const k = rng.pick(profile === "indexes" ? INDEX_KEYS : KEYS);
      const n = rng.pick(profile === "indexes" ? [...NAMES, "7", "12"] : NAMES);
      const m = rng.weighted({ set: 50, delete: 12, clear: 5, mkdir: 25, rmdir: profile === "deletions" ? 20 : 5 });
      if (m === "clear") return { m, p };
      if (m === "delete") return { m, p, k };
      if (m === "set") return { m, p, k, v: profile === "large" ? largeValue(rng) : value(rng) };
      return { m, p, n };
    },
    perform(channel, call) {
      const directory = channel.getWorkingDirectory(call.p);
      if (directory === undefined) return undefined;
      if (call.m === "set") return void directory.set(call.k, call.v);
      if (call.m === "delete") return directory.delete(call.k);
      if (call.m === "clear") return void directory.clear();
      if (call.m === "mkdir") return void directory.createSubDirectory(call.n);
      return directory.deleteSubDirectory(call.n);
    },
    state: (channel) => directoryState(channel),
    listen(channel, tell) {
      channel.on("valueChanged", (changed, local) => tell(["valueChanged", changed, local]));
      channel.on("containedValueChanged", (changed, local) => tell(["containedValueChanged", changed, local]));
      channel.on("clear", (local) => tell(["clear", local]));
      channel.on("cleared", (path, local) => tell(["cleared", path, local]));
      channel.on("subDirectoryCreated", (path, local) => tell(["subDirectoryCreated", path, local]));
      channel.on("subDirectoryDeleted", (path, local) => tell(["subDirectoryDeleted", path, local]));
    },
  },
  cell: {
    factory: SharedCell.getFactory(),
    // After a rollback the reference waits for an acknowledgement that never comes, and hears nothing more.
    rollback: 0,
    profiles: ["plain", "plain", "large"],
    generate(rng, profile) {
      if (rng.chance(25)) return { m: "delete" };
      return { m: "set", v: profile === "large" ? largeValue(rng) : value(rng) };
    },
    perform: (channel, call) => void (call.m === "set" ? channel.set(call.v) : channel.delete()),
    state: (channel) => (channel.empty() ? { empty: true } : { v: channel.get() }),
    listen(channel, tell) {
      channel.on("valueChanged", (value) => tell(["valueChanged", value]));
      channel.on("delete", () => tell(["delete"]));
    },
  },
  registerCollection: {
    factory: new ConsensusRegisterCollectionFactory(),
    profiles: ["plain", "plain", "one", "indexes"],
    generate(rng, profile) {
      const keys = { plain: KEYS, one: ["a"], indexes: INDEX_KEYS }[profile];
      return { m: "write", k: rng.pick(keys), v: value(rng) };
    },
    perform(channel, call, answer) {
      const won = channel.write(call.k, call.v);
      answer?.(won);
    },
    state: (channel) => channel.keys().map((key) => [key, {
      atomic: channel.read(key),
      lww: channel.read(key, ReadPolicy.LWW),
      versions: channel.readVersions(key),
    }]),
    listen(channel, tell) {
      for (const name of ["atomicChanged", "versionChanged"]) {
        channel.on(name, (key, value, local) => tell([name, key, value, local]));
      }
    },
  },
  orderedCollection: {
    factory: new ConsensusQueueFactory(),
    profiles: ["plain", "plain", "busy"],
    generate(rng, profile, channel, takenBack) {
      // The reference completes and releases in a later turn, when a transaction would be over; and what is acquired in
      // one draws an id that is never sent.
      const held = [...hand(channel).held.keys()];
      const m = takenBack ? "add" : rng.weighted({
        add: 40, acquire: profile === "busy" ? 50 : 35, waitAndAcquire: 5,
        complete: held.length > 0 ? 60 : 0, release: held.length > 0 ? 40 : 0,
      });
      if (m === "add") return { m, v: value(rng) };
      if (m === "acquire" || m === "waitAndAcquire") return { m };
      return { m, of: rng.pick(held) };
    },
    perform(channel, call, answer, tell) {
      const { held } = hand(channel);
      if (call.m === "add") {
        const added = channel.add(call.v);
        return void answer?.(added.then(() => "added"));
      }
      if (call.m === "complete" || call.m === "release") {
        const decide = held.get(call.of);
        held.delete(call.of);
        return void decide?.(call.m === "complete" ? ConsensusResult.Complete : ConsensusResult.Release);
      }
      const number = ++hand(channel).count;
      const acquired = channel[call.m]((value) => {
        // As late as the answers to other calls, see Client.answer.
        void Promise.resolve().then(() => {}).then(() => tell(["acquired", number, value]));
        return new Promise((decide) => held.set(number, decide));
      });
      answer?.(acquired.then((ok) => ({ acquire: number, ok: ok !== false })));
      return number;
    },
    state: (channel) => ({
      queue: channel.data.asArray(),
      tracking: [...channel.jobTracking].map(([id, { value, clientId }]) => [id, value, clientId]),
    }),
    listen(channel, tell) {
      for (const name of ["add", "acquire", "complete", "localRelease"]) {
        channel.on(name, (...values) => tell([name, ...values]));
      }
    },
  },
  taskManager: {
    factory: TaskManager.getFactory(),
    // After a rollback the reference is not subscribed to the task any more.
    rollback: 0,
    profiles: ["plain"],
    generate(rng, profile, channel) {
      const m = rng.weighted({ volunteer: 40, subscribe: 20, abandon: 20, complete: 20 });
      const held = m === "complete" && rng.chance(80) ? TASKS.filter((t) => channel.assigned(t)) : [];
      return { m, t: rng.pick(held.length > 0 ? held : TASKS) };
    },
    perform(channel, call, answer) {
      if (call.m === "volunteer") return void answer(channel.volunteerForTask(call.t));
      if (call.m === "subscribe") return void channel.subscribeToTask(call.t);
      if (call.m === "abandon") return void channel.abandon(call.t);
      try {
        return void channel.complete(call.t);
      } catch (error) {
        return { threw: error.message };
      }
    },
    state: (channel) => ({
      queues: [...channel.taskQueues],
      me: TASKS.map((t) => [channel.assigned(t), channel.queued(t), channel.subscribed(t)]),
    }),
    shared: ({ queues }) => queues.sort(([one], [other]) => (one < other ? -1 : 1)),
    listen(channel, tell) {
      for (const name of ["assigned", "lost", "completed"]) channel.on(name, (task) => tell([name, task]));
    },
  },
  counter: {
    factory: SharedCounter.getFactory(),
    profiles: ["plain", "plain", "plain", "large"],
    generate: (rng, profile) => ({
      m: "inc",
      n: profile === "large" ? rng.between(-1000000000, 1000000000) * 1000 : rng.between(-10, 10),
    }),
    perform: (channel, call) => void channel.increment(call.n),
    state: (channel) => channel.value,
    listen: (channel, tell) => channel.on("incremented", (amount, value) => tell(["incremented", amount, value])),
  },
};

/** What a client has of a queue: how to end the acquisitions in its hand, by number, and how many it has made. */
const hands = new WeakMap();

function hand(channel) {
  if (!hands.has(channel)) hands.set(channel, { count: 0, held: new Map() });
  return hands.get(channel);
}

function directoryState(directory) {
  return {
    e: [...directory.entries()],
    d: [...directory.subdirectories()].map(([name, below]) => [name, directoryState(below)]),
  };
}

function value(rng) {
  const kind = rng.weighted({ number: 50, string: 20, object: 15, fraction: 5, nothing: 5, truth: 5 });
  switch (kind) {
    case "number": return rng.below(100);
    case "string": return "s" + rng.below(20) + (rng.chance(20) ? "\u0001\"\\é🌊" : "");
    case "object": return { n: rng.below(3), l: [1, null] };
    case "fraction": return rng.below(1000) / 128;
    case "truth": return rng.chance(50);
    default: return null;
  }
}

/** Values on both sides of the sizes at which a summary is split. */
function largeValue(rng) {
  return rng.pick(["x", "yz", "é"]).repeat(rng.pick([10, 2000, 4095, 4096, 5500, 8189, 8190, 8191]));
}

/** Lets everything happen that waits for promises only. */
const turn = () => new Promise(setImmediate);

// --- the service ----------------------------------------------------------------------------------------------------

class Service {
  queue = [];
  log = [];
  writers = new Map();

  submit(item) {
    this.queue.push(item);
  }

  drop(client, keep) {
    this.queue = this.queue.filter((item) => item.client !== client || item.csn === undefined || keep-- > 0);
    this.queue.push({ type: "leave", client });
  }

  sequence(count) {
    for (; count > 0 && this.queue.length > 0; count--) {
      const item = this.queue.shift();
      const seq = this.log.length + 1;
      if (item.type === "join") this.writers.set(item.client, this.minimum(seq - 1));
      else if (item.type === "leave") this.writers.delete(item.client);
      else this.writers.set(item.client, item.refSeq);
      this.log.push({ seq, msn: this.minimum(seq), ...item });
    }
  }

  minimum(seq) {
    return this.writers.size === 0 ? seq : Math.min(...this.writers.values());
  }
}

// --- a client -------------------------------------------------------------------------------------------------------

class Client {
  pending = [];
  batch = [];
  sent = [];
  events = [];
  ids = new Set();
  connected = false;
  holding = false;
  reconnects = 0;
  msn = 0;

  constructor(index, structure, service, batched) {
    Object.assign(this, { index, structure, service, batched, seq: 0 });
    this.runtime = new MockFluidDataStoreRuntime({ clientId: "c" + index });
    this.runtime.setMaxListeners(0);
    this.runtime.deltaManagerInternal.lastSequenceNumber = 0;
    const client = this;
    this.delta = {
      get connected() { return client.connected; },
      attach: (handler) => { this.handler = handler; handler.setConnectionState(this.connected); },
      submit: (contents, metadata) => this.submit(contents, metadata),
      dirty: () => {},
    };
  }

  create() {
    this.channel = this.structure.factory.create(this.runtime, "channel");
    this.channel.connect({ deltaConnection: this.delta, objectStorage: new MockObjectStorageService({}) });
    this.structure.listen(this.channel, (event) => this.events.push(event));
  }

  async load(summary, seq) {
    this.seq = seq;
    for (const entry of this.service.log.slice(0, seq)) this.enrol(entry);
    this.channel = await this.structure.factory.load(this.runtime, "channel",
      { deltaConnection: this.delta, objectStorage: new MockObjectStorageService(summary) },
      this.structure.factory.attributes);
    this.structure.listen(this.channel, (event) => this.events.push(event));
  }

  connect() {
    const id = this.ids.size === 0 ? "c" + this.index : `c${this.index}r${++this.reconnects}`;
    this.service.submit({ type: "join", client: id });
    this.service.sequence(this.service.queue.length);
    this.read(this.service.log.length);
    this.ids.add(id);
    this.id = id;
    this.runtime.clientId = id;
    this.csn = 0;
    this.connected = this.runtime.connected = true;
    this.handler.setConnectionState(true);
    for (const { contents, metadata } of this.pending.splice(0)) this.handler.reSubmit(contents, metadata, false);
    this.flush();
  }

  disconnect(keep) {
    this.flush();
    this.connected = this.runtime.connected = false;
    this.service.drop(this.id, keep);
    this.handler.setConnectionState(false);
  }

  submit(contents, metadata) {
    this.pending.push({ contents, metadata });
    if (!this.connected || this.holding) return 0;
    this.batch.push(contents);
    if (!this.batched) this.flush();
    return this.csn;
  }

  flush() {
    if (this.batch.length === 0) return;
    const contents = this.batch.splice(0).map((op) => JSON.parse(JSON.stringify(op)));
    this.send({ type: "op" }, { contents });
    this.sent.push({ csn: this.csn, refSeq: this.seq, contents });
  }

  noop() {
    if (this.connected) this.send({ type: "noop" }, {});
  }

  send(head, tail) {
    this.csn++;
    this.service.submit({ ...head, client: this.id, csn: this.csn, refSeq: this.seq, ...tail });
  }

  read(count) {
    for (; count > 0 && this.seq < this.service.log.length; count--) {
      const entry = this.service.log[this.seq];
      this.seq = entry.seq;
      this.msn = entry.msn;
      this.runtime.deltaManagerInternal.lastSequenceNumber = entry.seq;
      this.runtime.deltaManagerInternal.minimumSequenceNumber = entry.msn;
      if (entry.type === "op") this.process(entry);
      else this.enrol(entry);
    }
  }

  /** Sends what is gathered and reads, message by message, each in a turn of its own. */
  async receive(count) {
    this.flush();
    for (; count > 0 && this.seq < this.service.log.length; count--) {
      this.flush();
      this.read(1);
      await turn();
    }
  }

  enrol(entry) {
    if (entry.type === "join") this.runtime.quorum.addMember(entry.client, {});
    if (entry.type === "leave") this.runtime.quorum.removeMember(entry.client);
  }

  /** Records what comes of a call later. */
  answer(id, promise) {
    promise.then((value) => value, (error) => ({ rejected: error.message }))
      .then((value) => this.events.push(["resolve", id, value]));
  }

  process(entry) {
    const local = this.ids.has(entry.client);
    this.handler.processMessages({
      envelope: {
        clientId: entry.client, sequenceNumber: entry.seq, minimumSequenceNumber: entry.msn,
        referenceSequenceNumber: entry.refSeq, type: "op", timestamp: entry.seq,
      },
      local,
      messagesContent: entry.contents.map((contents, i) => ({
        contents: JSON.parse(JSON.stringify(contents)),
        localOpMetadata: local ? this.pending.shift().metadata : undefined,
        clientSequenceNumber: entry.contents.length > 1 ? i + 1 : entry.csn,
      })),
    });
  }

  /** Makes calls of which nothing is sent, and takes them back, newest first. */
  rollback(calls) {
    const before = this.pending.length;
    this.holding = true;
    for (const call of calls) this.structure.perform(this.channel, call);
    this.holding = false;
    while (this.pending.length > before) {
      const { contents, metadata } = this.pending.pop();
      this.handler.rollback(contents, metadata);
    }
  }

  summary() {
    const texts = {};
    const collect = (path, tree) => {
      for (const [name, node] of Object.entries(tree)) {
        if (node.type === 1) collect(path + name + "/", node.tree);
        else texts[path + name] = node.content;
      }
    };
    collect("", this.channel.getAttachSummary().summary.tree);
    return texts;
  }

  state() {
    return JSON.parse(JSON.stringify(this.structure.state(this.channel)));
  }
}

// --- one script -----------------------------------------------------------------------------------------------------

async function record(name, seed) {
  const structure = structures[name];
  const rng = new Rng(seed);
  const batched = rng.chance(50);
  const profile = rng.pick(structure.profiles);
  const service = new Service();
  const clients = [];
  const states = new Map();
  const steps = [];
  let lastCall = 0;

  const outcome = (step, client, ret) => {
    if (ret !== undefined) step.ret = ret;
    const sent = client.sent.splice(0);
    const events = client.events.splice(0);
    if (sent.length > 0) step.sent = sent;
    if (events.length > 0) step.events = events;
    const state = client.state();
    if (JSON.stringify(state) !== states.get(client)) step.state = state;
    states.set(client, JSON.stringify(state));
    steps.push(JSON.parse(JSON.stringify(step)));
  };
  const act = async (step, action) => {
    const ret = await action(clients[step.c]);
    await turn();
    outcome(step, clients[step.c], ret);
  };
  const sequence = (n) => { service.sequence(n); steps.push({ a: "seq", n }); };
  const generate = (client, takenBack = false) => structure.generate(rng, profile, client.channel, takenBack);

  const enter = (step) => {
    const client = new Client(clients.length, structure, service, batched);
    clients.push(client);
    client.create();
    client.connect();
    outcome(step, client);
  };
  const load = async () => {
    const source = clients[0];
    const client = new Client(clients.length, structure, service, batched);
    const step = { a: "load", c: clients.length, from: 0, atSeq: source.seq, msn: source.msn, summary: source.summary() };
    await client.load(step.summary, source.seq);
    clients.push(client);
    step.loaded = client.state();
    states.set(client, JSON.stringify(client.state()));
    client.connect();
    states.delete(client);
    outcome(step, client);
  };

  for (let c = rng.between(3, 4); c > 0; c--) enter({ a: "join", c: clients.length });
  for (let left = rng.between(30, 70); left > 0; left--) {
    const c = rng.between(1, clients.length - 1);
    const client = clients[c];
    const n = rng.between(1, 5);
    switch (rng.weighted({ op: 45, seq: 15, recv: 25, watch: 6, noop: 3, drop: 6, rollback: structure.rollback ?? 6, load: 2 })) {
      case "op": {
        const op = generate(client);
        const id = ++lastCall;
        await act({ a: "op", c, id, op },
          () => structure.perform(client.channel, op, (promise) => client.answer(id, promise),
            (event) => client.events.push(event)));
        break;
      }
      case "seq":
        if (service.queue.length > 0) sequence(Math.min(n, service.queue.length));
        break;
      case "recv":
        if (client.connected) await act({ a: "recv", c, n }, () => client.receive(n));
        break;
      case "watch":
        await act({ a: "recv", c: 0, n }, (observer) => observer.receive(n));
        break;
      case "noop":
        if (client.connected) await act({ a: "noop", c }, () => client.noop());
        break;
      case "drop":
        if (!client.connected) await act({ a: "reconn", c }, () => client.connect());
        else {
          const keep = rng.below(3);
          await act({ a: "disc", c, keep }, () => client.disconnect(keep));
        }
        break;
      case "rollback": {
        const ops = Array.from({ length: rng.between(1, 4) }, () => generate(client, true));
        await act({ a: "rollback", c, ops }, () => client.rollback(ops));
        break;
      }
      case "load":
        if (clients.length < 6) await load();
        break;
    }
  }

  const receiveAll = async () => {
    const n = service.log.length;
    for (const [c, client] of clients.entries()) await act({ a: "recv", c, n }, () => client.receive(n));
  };
  for (const [c, client] of clients.entries()) {
    if (!client.connected) await act({ a: "reconn", c }, () => client.connect());
  }
  for (const [c, client] of clients.entries()) {
    if (client.batch.length > 0) await act({ a: "flush", c }, () => client.flush());
  }
  if (service.queue.length > 0) sequence(service.queue.length);
  await receiveAll();
  const preNoop = { atSeq: clients[0].seq, msn: clients[0].msn, summary: clients[0].summary() };
  for (let round = 0; round < 2; round++) {
    clients.forEach((client) => client.noop());
    steps.push({ a: "noopAll" });
    sequence(service.queue.length);
    await receiveAll();
  }

  const shared = structure.shared ?? ((state) => state);
  const state = shared(clients[0].state());
  const summary = clients[0].summary();
  const same = (look) => clients.every((client) => JSON.stringify(look(client)) === JSON.stringify(look(clients[0])));
  const reader = new Client(99, structure, service, false);
  await reader.load(summary, clients[0].seq);
  const final = {
    converged: same((client) => shared(client.state())),
    summaryConverged: same((client) => client.summary()),
    loadsBack: JSON.stringify(shared(reader.state())) === JSON.stringify(state),
    state,
    summary,
  };
  return { dds: name, seed, batched, options: {}, steps, log: service.log, preNoop, final };
}

/** The text with every id that was drawn at random counted instead. */
function counted(text) {
  const ids = new Map();
  return text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
    if (!ids.has(id)) ids.set(id, "id-" + String(ids.size + 1).padStart(4, "0"));
    return ids.get(id);
  });
}

const [name, count = "20", first = "1"] = process.argv.slice(2);
if (!Object.hasOwn(structures, name ?? "") || !(Number(count) > 0) || !(Number(first) >= 0)) {
  console.error(`usage: node generate.mjs ${Object.keys(structures).join("|")} [COUNT] [SEED]`);
  process.exit(2);
}
for (let seed = Number(first), left = Number(count); left > 0; seed++) {
  try {
    const script = await record(name, seed);
    if (!script.final.converged) throw new Error("the clients did not converge");
    process.stdout.write(counted(JSON.stringify(script)) + "\n");
    left--;
  } catch (error) {
    console.error(`seed ${seed} is left out: ${error.message}`);
  }
}
