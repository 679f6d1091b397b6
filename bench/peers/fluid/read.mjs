// Reads a document of a Fluid service with Fluid's own client, and says how long it took and how much memory it had.
//
//   node read.mjs PORT DOCUMENT SEQUENCE_NUMBER KEYS
//
// It lies beside the packages of e2e/stock when it runs.

import "./navigator.mjs";
import { SharedMap } from "@fluidframework/map/legacy";
import { TinyliciousClient } from "@fluidframework/tinylicious-client";

const [port, id, sequenceNumber, keys] = process.argv.slice(2);
const client = new TinyliciousClient({ connection: { port: Number(port) } });

const start = performance.now();
const { container } = await client.getContainer(id, { initialObjects: { map: SharedMap } }, "2");
const deltas = container.container.deltaManager;
while (deltas.lastSequenceNumber < Number(sequenceNumber)) await new Promise((resolve) => setTimeout(resolve, 2));
const millis = performance.now() - start;

if (container.initialObjects.map.size !== Number(keys)) throw new Error(`${container.initialObjects.map.size} keys`);
console.log(JSON.stringify({ millis, kilobytes: process.resourceUsage().maxRSS }));
process.exit(0);
