// Plays the workloads of ./dev bench structures on our own structures, compiled to JavaScript.
//
//   node bench.mjs MODULE OPERATIONS     for each line, the name of a workload, plays one round of it and says in a line
//                                        of JSON how many ms it took and what it came to

import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [module, operations] = process.argv.slice(2);
const { prepare, play, end } = await import(pathToFileURL(module));

for await (const name of createInterface({ input: process.stdin })) {
  prepare(name, Number(operations));
  const start = performance.now();
  play();
  console.log(JSON.stringify({ millis: performance.now() - start, end: end() }));
}
