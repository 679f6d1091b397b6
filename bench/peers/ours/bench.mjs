// Plays the workloads of ./dev bench structures on our own structures, compiled to JavaScript.
//
//   node bench.mjs MODULE OPERATIONS ROUNDS NAME…     one line of JSON a workload: its name, ms of each round, its end

import { pathToFileURL } from "node:url";

const [module, operations, rounds, ...names] = process.argv.slice(2);
const { prepare, play, end } = await import(pathToFileURL(module));

for (const name of names) {
  const millis = [];
  for (let round = -5; round < Number(rounds); round++) {
    prepare(name, Number(operations));
    const start = performance.now();
    play();
    if (round >= 0) millis.push(performance.now() - start);
  }
  console.log(JSON.stringify({ name, operations: Number(operations), millis, end: end() }));
}
