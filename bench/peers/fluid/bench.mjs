// Plays the workloads of ./dev bench structures on Fluid's own structures.
//
//   node bench.mjs OPERATIONS     for each line, the name of a workload, plays one round of it and says in a line of JSON
//                                 how many ms it took and what it came to
//
// The mock runtime is the one Fluid tests its structures with: a service that numbers, two clients, no network. The
// same numbers by chance are drawn by StructuresBenchmark, and both sides must come to the same end.

import { createInterface } from "node:readline";
import { DirectoryFactory, MapFactory } from "@fluidframework/map/internal";
import { ConsensusQueueFactory, ConsensusResult } from "@fluidframework/ordered-collection/internal";
import { ConsensusRegisterCollectionFactory } from "@fluidframework/register-collection/internal";
import {
  MockContainerRuntimeFactory, MockFluidDataStoreRuntime, MockStorage,
} from "@fluidframework/test-runtime-utils/internal";

const operations = Number(process.argv[2]);
const KEYS = 1000;
const NAMES = ["a", "b", "c", "d"];

function pair(factory) {
  const service = new MockContainerRuntimeFactory();
  const channels = ["one", "two"].map((clientId) => {
    const runtime = new MockFluidDataStoreRuntime({ clientId });
    service.createContainerRuntime(runtime);
    const channel = factory.create(runtime, "channel");
    channel.connect({ deltaConnection: runtime.createDeltaConnection(), objectStorage: new MockStorage() });
    return channel;
  });
  return { service, channels };
}

function chance(seed) {
  let x = seed;
  return (bound) => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 1) % bound;
  };
}

const workloads = {
  map: {
    factory: new MapFactory(),
    run({ service, channels: [map] }) {
      for (let i = 0; i < operations; i++) {
        map.set("gauge-" + (i % KEYS), i);
        service.processAllMessages();
      }
    },
    end: (map) => `${map.size} ${map.get("gauge-7")}`,
  },
  directory: {
    factory: new DirectoryFactory(),
    run({ service, channels }) {
      const below = chance(17);
      for (let i = 0; i < operations; i++) {
        const root = channels[below(2)];
        const name = NAMES[below(NAMES.length)];
        const key = "k" + below(KEYS);
        const directory = root.getSubDirectory(name);
        const what = below(100);
        if (directory === undefined) root.createSubDirectory(name);
        else if (what < 80) directory.set(key, i);
        else if (what < 99) directory.delete(key);
        else root.deleteSubDirectory(name);
        service.processAllMessages();
      }
    },
    end: (root) => NAMES.map((name) => root.getSubDirectory(name)?.size ?? 0).join(" "),
  },
  register: {
    factory: new ConsensusRegisterCollectionFactory(),
    async run({ service, channels: [registers] }) {
      for (let i = 0; i < operations; i++) {
        const written = registers.write("gauge-" + (i % KEYS), i);
        service.processAllMessages();
        await written;
      }
    },
    end: (registers) => `${registers.keys().length} ${registers.read("gauge-7")}`,
  },
  queue: {
    factory: new ConsensusQueueFactory(),
    async run({ service, channels: [queue] }) {
      for (let i = 0; i < operations; i += 3) {
        const added = queue.add(i);
        service.processAllMessages();
        await added;
        let done = false;
        const worked = queue.acquire(async () => ConsensusResult.Complete).then(() => (done = true));
        // The callback has its turns in between, and completes the item.
        while (!done) {
          service.processAllMessages();
          await Promise.resolve();
        }
        await worked;
      }
    },
    end: (queue) => `${queue.jobTracking.size} ${queue.data.size()}`,
  },
};

for await (const name of createInterface({ input: process.stdin })) {
  const workload = workloads[name];
  const world = pair(workload.factory);
  const start = performance.now();
  await workload.run(world);
  const millis = performance.now() - start;
  const [end, other] = world.channels.map(workload.end);
  if (end !== other) throw new Error(`${name}: ${end} and ${other}`);
  console.log(JSON.stringify({ millis, end }));
}
