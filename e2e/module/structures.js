// Two clients and a late one on a document of a service, on every structure that Fluid has and some it has not.
async ({ module, url }) => {
    const thalweg = await import(module);
    const client = (name, mode) => new thalweg.ThalwegClient({
        url, tokenProvider: new thalweg.InsecureTokenProvider("12345", name), mode,
    });
    const { Codec } = thalweg;
    const note = Codec.object({ text: Codec.string(), rank: Codec.integer(0, 9) }, { due: Codec.string() });
    const form = Codec.oneOf("type", { circle: Codec.object({ radius: Codec.number() }) });
    const schema = { initialObjects: {
        shaped: note.in(thalweg.SharedRegisterMap), form: form.in(thalweg.SharedCell),
        map: thalweg.SharedMap, directory: thalweg.SharedDirectory, cell: thalweg.SharedCell,
        counter: thalweg.SharedCounter, registers: thalweg.ConsensusRegisterCollection,
        queue: thalweg.ConsensusQueue, tasks: thalweg.TaskManager, pacts: thalweg.PactMap,
        claims: thalweg.SharedClaims, orSet: thalweg.SharedOrSet, tally: thalweg.SharedTallyMap,
    } };
    const until = async (what, met) => {
        for (let tries = 0; !met(); tries++) {
            if (tries > 1000) {
                throw new Error(`never: ${what}`);
            }
            await new Promise((go) => setTimeout(go, 20));
        }
    };
    const sight = ({ initialObjects: { map, directory, cell, counter, registers, queue, pacts, claims, orSet, tally } }) =>
        JSON.stringify({
            map: map.entries().sort(([a], [b]) => (a < b ? -1 : 1)), directory: directory.getWorkingDirectory("/weirs/upper")?.entries(), cell: cell.get(),
            counter: counter.value, register: registers.read("gate"), queue: queue.items(), pact: pacts.get("rule"),
            claim: claims.holder("boat"), orSet: orSet.elements(), tally: tally.get("bags"),
        });
    const heard = [];

    // Made before anybody else sees it, and given to the service.
    const ada = await client("Ada").createContainer(schema);
    ada.initialObjects.map.set("before", { deep: [1, "ü😀", null] });
    ada.initialObjects.directory.createSubDirectory("weirs").createSubDirectory("upper").set("level", 3);
    const id = await ada.attach();
    await ada.connected();

    // Read by somebody else; both edit.
    const bob = await client("Bob").getContainer(id, schema);
    await bob.connected();
    bob.initialObjects.map.on("valueChanged", ({ key, local }) => heard.push(`${key} ${local}`));
    ada.initialObjects.map.set("hers", 1);
    bob.initialObjects.map.set("his", 2);
    ada.initialObjects.cell.set("cell");
    ada.initialObjects.counter.increment(5);
    bob.initialObjects.counter.increment(-2);
    bob.initialObjects.directory.getWorkingDirectory("/weirs/upper").set("gate", "open");
    ada.initialObjects.orSet.add("punt");
    ada.initialObjects.tally.increment("bags", 4);
    const outcomes = [
        await ada.initialObjects.registers.write("gate", "shut"),
        await ada.initialObjects.queue.add("first"),
        await ada.initialObjects.queue.add("second"),
        await bob.initialObjects.tasks.volunteerForTask("watch"),
        await ada.initialObjects.pacts.set("rule", "no wake"),
        await ada.initialObjects.claims.claim("boat", "Ada"),
        await bob.initialObjects.claims.claim("boat", "Bob"),
    ].map(({ status }) => status);
    const { acquisition } = await bob.initialObjects.queue.acquire();
    outcomes.push(`${acquisition.value} ${(await acquisition.complete()).status}`);

    // Agreed on by all who write; kept in a data store of its own.
    ada.propose("tide", "high");
    const shelf = ada.addStore(["rootDO", "shelf"], { initialObjects: { notes: thalweg.SharedMap } });
    const notes = (container) => container.resolve({ ...shelf, url: `${shelf.url}/notes` }).object;
    await until("the data store is there", () => notes(bob) !== undefined);
    notes(bob).set("note", bob.resolve(shelf).kind);
    await until("the note is there", () => notes(ada).get("note") === "store");
    await until("the proposal is accepted", () => bob.accepted("tide") === "high" && ada.accepted("tide") === "high");
    const refused = [
        () => ada.initialObjects.orSet.absorb(7),
        () => ada.initialObjects.shaped.set("much", { text: "t", rank: 10 }),
        () => note.in(thalweg.SharedCounter),
        () => thalweg.TypedMap.over(ada.initialObjects.cell, note),
    ].map((edit) => {
        try {
            edit();
        } catch (error) {
            return error.code;
        }
    });

    // Values of a shape, and one that another program wrote.
    ada.initialObjects.shaped.set("good", { text: "t", rank: 9, due: "noon", more: 1 });
    ada.initialObjects.shaped.structure.set("odd", { text: 1 });
    ada.initialObjects.form.set({ type: "circle", radius: 2 });
    await until("they are there", () => bob.initialObjects.form.get().kind === "decoded");
    const shaped = ["good", "odd", "none"].map((key) => bob.initialObjects.shaped.get(key));
    shaped.push(bob.initialObjects.form.structure.get());

    const people = ada.audience.members().map(({ name }) => name).sort();

    // Edited while the link is down.
    bob.disconnect();
    bob.initialObjects.counter.increment(100);
    bob.initialObjects.map.set("offline", true);
    ada.initialObjects.map.set("meanwhile", true);
    bob.connect();
    await bob.connected();
    await Promise.all([ada.saved(), bob.saved()]);
    await until("both see the same", () => sight(ada) === sight(bob));

    // Written down by a program that is there for this, and read from there.
    const writer = await client("Writer", "summarizer").getContainer(id, schema);
    await writer.connected();
    const summary = await writer.summarize();
    ada.initialObjects.map.set("after", "the summary");
    await ada.saved();
    const late = await client("Late", "read").getContainer(id, schema);
    await until("the late one sees the same", () => sight(late) === sight(ada) && sight(bob) === sight(ada));
    const result = {
        outcomes, heard, sight: JSON.parse(sight(late)), summarized: summary.sequenceNumber > 0,
        people, readOnly: late.readOnly, refused, shaped,
    };
    for (const container of [writer, late, bob, ada]) {
        container.dispose();
    }
    return JSON.stringify(result);
}
