// What the declarations make of typed values. Compiled only; each line under @ts-expect-error must be refused.
import {
    Codec, SharedCell, SharedCounter, SharedMap, SharedRegisterMap, TypedMap, type Container, type Reading, type TypeOf,
} from "../../web/target/module/thalweg.js";

const NOTE = Codec.object(
    { text: Codec.string(), rank: Codec.integer(0, 9), tags: Codec.list(Codec.choice(["old", "new"])) },
    { due: Codec.string() },
);
const FORM = Codec.oneOf("type", {
    circle: Codec.object({ radius: Codec.number() }),
    line: Codec.object({ length: Codec.number(), dashed: Codec.bool() }),
});
const schema = {
    initialObjects: { notes: NOTE.in(SharedMap), form: FORM.in(SharedCell), votes: SharedCounter },
};

type Note = TypeOf<typeof NOTE>;

export function use({ initialObjects: { notes, form, votes } }: Container<typeof schema>, rows: SharedRegisterMap): string {
    notes.set("a", { text: "t", rank: 1, tags: ["old"] });
    notes.set("b", { text: "t", rank: 1, tags: [], due: "today" });
    // @ts-expect-error there is no such tag
    notes.set("a", { text: "t", rank: 1, tags: ["odd"] });
    // @ts-expect-error a member is missing
    notes.set("a", { text: "t", tags: [] });
    form.set({ type: "circle", radius: 2 });
    // @ts-expect-error a circle has no length
    form.set({ type: "circle", length: 2 });
    votes.increment(1);
    const drawn = form.get();
    if (drawn.kind === "decoded" && drawn.value.type === "line") {
        return `${drawn.value.length} ${drawn.value.dashed}`;
    }
    const note: Reading<Note> = TypedMap.over(rows, NOTE).get("a");
    // @ts-expect-error it may be of another shape
    note.value;
    return note.kind === "decoded" ? (note.value.due ?? note.value.text) : note.kind;
}

// @ts-expect-error a counter holds no values
NOTE.in(SharedCounter);
