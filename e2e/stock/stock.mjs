// A stock Fluid client that a test steers: one command per line comes in, as JSON, and one answer per command goes out.
//
//   node stock.mjs PORT
//
// A command is {"n": number, "do": name, …}; its answer {"n", "value"} or {"n", "error"}. Commands begin in the order
// in which they come and may end in another. Everything that the page of an application would hold, a test names: "doc"
// is a container, "object" one of the structures in it.

import "./navigator.mjs";
import { createHash, randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
// The package @fluidframework/presence, which would have this, is not published in this version.
import { StateFactory } from "@fluid-internal/presence-runtime/states";
import { TinyliciousClient } from "@fluidframework/tinylicious-client";
import { ConnectionState, getPresence } from "fluid-framework";
import { kinds } from "./kinds.mjs";

const requests = [];
const documents = new Map();

const ask = globalThis.fetch;
globalThis.fetch = (address, options) => {
  requests.push(String(address));
  return ask(address, options);
};

const client = new TinyliciousClient({ connection: { port: Number(process.argv[2]) } });

const schema = (objects) => ({
  initialObjects: Object.fromEntries(Object.entries(objects).map(([key, type]) => [key, kinds[type].kind])),
  dynamicObjectTypes: Object.values(kinds).map(({ kind }) => kind),
});

class Document {
  constructor(container, services, objects) {
    this.container = container;
    // What the public face leaves out: the id of the connection and how far it has read.
    this.inner = container.container;
    this.services = services;
    this.objects = new Map();
    this.signals = [];
    for (const [key, type] of Object.entries(objects)) this.take(key, type, container.initialObjects[key]);
    container.on("disposed", (error) => (this.error = error?.message));
  }

  take(name, type, channel) {
    if (channel === undefined) throw new Error(`there is no ${name}`);
    this.objects.set(name, { channel, ...kinds[type] });
    return channel;
  }

  object(name) {
    const found = this.objects.get(name);
    if (found === undefined) throw new Error(`nothing is called ${name}`);
    return found;
  }

  call([name, method, ...values]) {
    const { channel, calls } = this.object(name);
    const given = values.map((value) => this.given(value));
    if (Object.hasOwn(calls, method)) return calls[method](channel, ...given);
    if (typeof channel[method] !== "function") throw new Error(`${name} has no ${method}`);
    const result = channel[method](...given);
    return result === channel ? undefined : result;
  }

  // {"$handle": name} in a value stands for the handle of that object, {"$noise": length} for text that no compressor
  // makes shorter.
  given(value) {
    if (value === null || typeof value !== "object") return value;
    if (typeof value.$noise === "number") return randomBytes((value.$noise * 3) / 4).toString("base64");
    if (typeof value.$handle === "string") return this.object(value.$handle).channel.handle;
    if (Array.isArray(value)) return value.map((each) => this.given(each));
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.given(each)]));
  }

  // The data store that the first object lives in: what signals are sent and heard through.
  get store() {
    return [...this.objects.values()][0].channel.runtime;
  }
}

const until = (emitter, event, reached) =>
  new Promise((resolve, reject) => {
    const look = () => {
      if (!reached()) return;
      emitter.off(event, look);
      resolve();
    };
    emitter.on(event, look);
    emitter.once("disposed", (error) => reject(new Error(`the container closed: ${error?.message}`)));
    look();
  });

const commands = {
  async create({ doc, objects, compat }) {
    const { container, services } = await client.createContainer(schema(objects), compat);
    documents.set(doc, new Document(container, services, objects));
  },
  async attach({ doc }) {
    const here = documents.get(doc);
    return (here.id = await here.container.attach());
  },
  async open({ doc, id, objects, compat }) {
    const { container, services } = await client.getContainer(id, schema(objects), compat);
    documents.set(doc, Object.assign(new Document(container, services, objects), { id }));
  },
  // Calls of one turn; what each returned.
  call: ({ doc, calls }) => Promise.all(calls.map((call) => documents.get(doc).call(call))),
  // What a person would see. Of long texts a digest, which is enough to compare them.
  state({ doc }) {
    const all = [...documents.get(doc).objects].map(([name, { channel, state }]) => [name, state(channel)]);
    return JSON.parse(JSON.stringify(Object.fromEntries(all), function (key, value) {
      if (typeof value !== "string" || value.length < 4000) return spelled.call(this, key, value);
      return { $text: value.length, digest: createHash("sha256").update(value).digest("hex") };
    }));
  },
  // Makes an object and puts its handle into a map.
  async make({ doc, type, name, map, key }) {
    const here = documents.get(doc);
    const channel = here.take(name, type, await here.container.create(kinds[type].kind));
    here.object(map).channel.set(key, channel.handle);
  },
  // Finds an object by the handle in a map.
  async find({ doc, type, name, map, key }) {
    const here = documents.get(doc);
    here.take(name, type, await here.object(map).channel.get(key).get());
  },
  async upload({ doc, text, map, key }) {
    const here = documents.get(doc);
    here.object(map).channel.set(key, await here.container.uploadBlob(new TextEncoder().encode(text).buffer));
  },
  download: async ({ doc, map, key }) =>
    new TextDecoder().decode(await documents.get(doc).object(map).channel.get(key).get()),
  connection({ doc }) {
    const { container, inner, id, error } = documents.get(doc);
    return {
      id: id ?? null,
      connected: container.connectionState === ConnectionState.Connected,
      dirty: container.isDirty,
      clientId: inner.clientId ?? null,
      sequenceNumber: inner.deltaManager.lastSequenceNumber,
      closed: container.disposed,
      error: error ?? null,
    };
  },
  connected({ doc }) {
    const { container } = documents.get(doc);
    return until(container, "connected", () => container.connectionState === ConnectionState.Connected);
  },
  saved({ doc }) {
    const { container } = documents.get(doc);
    return until(container, "saved", () => !container.isDirty);
  },
  connect: ({ doc }) => documents.get(doc).container.connect(),
  disconnect: ({ doc }) => documents.get(doc).container.disconnect(),
  members: ({ doc }) => documents.get(doc).services.audience.getMembers().size,
  listen({ doc }) {
    const here = documents.get(doc);
    here.store.on("signal", ({ type, content }, local) => here.signals.push({ type, content, local }));
  },
  signal: ({ doc, type, content }) => documents.get(doc).store.submitSignal(type, content),
  signals: ({ doc }) => documents.get(doc).signals,
  // Shows the others a value of this client's as long as it is there.
  present({ doc, value }) {
    const here = documents.get(doc);
    here.presence ??= getPresence(here.container).states.getWorkspace("test:presence", {
      cursor: StateFactory.latest({ local: { value: null } }),
    }).states;
    here.presence.cursor.local = { value };
  },
  presences({ doc }) {
    const { presence } = documents.get(doc);
    return [...presence.cursor.getRemotes()].map(({ value }) => (typeof value === "function" ? value() : value)?.value);
  },
  requests: () => requests,
  dispose({ doc }) {
    documents.get(doc).container.dispose();
    documents.delete(doc);
  },
};

// Handles are spelled by their paths.
function spelled(key, value) {
  return typeof this[key]?.absolutePath === "string" ? { $handle: this[key].absolutePath } : value;
}
const say = (answer) => process.stdout.write(JSON.stringify(answer, spelled) + "\n");

createInterface({ input: process.stdin })
  .on("line", async (line) => {
    const { n, do: name, ...rest } = JSON.parse(line);
    try {
      say({ n, value: (await commands[name](rest)) ?? null });
    } catch (error) {
      say({ n, error: `${error?.stack ?? error}` });
    }
  })
  .on("close", () => process.exit(0));
process.on("unhandledRejection", (error) => console.error(error));
say({ n: 0, value: "ready" });
