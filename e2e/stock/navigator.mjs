// Fluid's container runtime asks which browser it runs in; Node 20 has none to name.
globalThis.navigator ??= { userAgent: "node" };
