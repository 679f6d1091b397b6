/**
 * Documents that need no service: replicas edit at once and send each other what they did, in any order and by any way.
 * Replicas that have the same events have the same document. Edits show here at once; nothing is sent by itself.
 *
 * Whatever goes wrong is an `Error` with a `code`: `argument` for a value that cannot be taken, `state` for what cannot be
 * done now, `unreadable` for bytes or JSON that cannot be read. Then nothing has changed.
 */

/** A value that JSON has a form for. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** By name, what a stretch of text is: `{ "bold": true }`. */
export type Attributes = { readonly [name: string]: JsonValue };

/**
 * One step through a text, as editors exchange it. What is behind the last one stays. Attributes of what is retained are
 * those that changed, null for one that is gone; of what is inserted, all.
 */
export type Edit =
    | { readonly retain: number; readonly attributes?: Attributes }
    | { readonly insert: string; readonly attributes?: Attributes }
    | { readonly delete: number };

/** By agent, the number of its last event that somebody has, from 0. */
export type Known = { readonly [agent: string]: number };

/** A place that stays where it is however the text changes, the same at every replica. */
export interface Cursor {
    /** Agent and number of the event that put the neighbour in; none at the start or end. */
    readonly unit?: readonly [string, number];
    /** `before`: with the neighbour before the place; `after`: with the one behind it. */
    readonly affinity: "before" | "after";
}

/** Events of one agent in a row, as JSON. */
export interface Run {
    readonly peer: string;
    readonly counter_start: number;
    readonly lamport_start: number;
    readonly deps: readonly (readonly [string, number])[];
    readonly ops: readonly JsonValue[];
}

/** Who wrote a stretch of text: `length` events of an agent from `first` on. */
export interface Authorship {
    readonly agent: string;
    readonly first: number;
    readonly length: number;
}

/**
 * A text that several replicas edit, with marks, history and undo. Positions and lengths count UTF-16 units, as strings do;
 * no edit splits a surrogate pair. No two replicas may edit under the same agent name at once.
 */
export class TextDocument {
    /** @param agent a name that is this replica's alone @param file what {@link encode} of this replica gave */
    constructor(agent: string, file?: Uint8Array);
    readonly agent: string;
    readonly length: number;
    readonly text: string;
    /** How many events there are. */
    readonly events: number;
    /** The text as insertions, each with its attributes. */
    contents(): Edit[];
    /** @returns the attributes that the new text has by the marks around it, undefined for none */
    insert(position: number, text: string): Attributes | undefined;
    delete(position: number, length: number): void;
    /**
     * Gives a stretch an attribute.
     *
     * @param value null to take it away
     * @param expand which text that comes in at its edges gets it, too; `after` unless given
     */
    mark(from: number, to: number, name: string, value: JsonValue, expand?: "none" | "before" | "after" | "both"): Edit[];
    /** Takes in what {@link encode} or {@link encodeSince} of another replica gave. @returns how the text changed */
    merge(bytes: Uint8Array): Edit[];
    /** Everything, as a file or a message. */
    encode(): Uint8Array;
    /** What somebody lacks who knows so much. */
    encodeSince(known: Known): Uint8Array;
    /** What came here after so many {@link events}, which are not all: what to send on after an edit. */
    encodeFrom(events: number): Uint8Array;
    /** What this replica knows. */
    known(): Known;
    /** What somebody lacks who knows so much, as JSON to be read by people and other programs. */
    runsSince(known: Known): Run[];
    /** Takes in what {@link runsSince} of another replica gave, or a service that keeps the text. @returns how it changed */
    mergeRuns(runs: readonly Run[]): Edit[];
    /** A place that stays; with the neighbour before it unless told otherwise. */
    cursor(position: number, affinity?: "before" | "after"): Cursor;
    /** Where a place is now. */
    position(cursor: Cursor): number;
    /** Who wrote a part of the text. */
    blame(from: number, to: number): Authorship[];
    /** Plays the history forward or back to after so many events. @returns how {@link played} changed */
    play(events: number): Edit[];
    /** The text as it was after the events that were last asked for. */
    readonly played: string;
    readonly canUndo: boolean;
    readonly canRedo: boolean;
    /** What was done since the last call is one step of undo. */
    closeStep(): void;
    /** Undoes this replica's latest step, never what others did. @returns how the text changed */
    undo(): Edit[];
    redo(): Edit[];
}

/*
 * Tables and ephemeral stores by handle, the functions of mizchi/converge. What is called `…_json`, and every string that is
 * returned, is a JSON text: a value is null, a truth value, a number or a string; values are `[["col", value], …]`.
 */

/** An empty document, with an ephemeral store. @returns its handle */
export function create_doc(peer_id: string): number;
/** Lets a document go. */
export function free_doc(handle: number): void;
/** @returns the event: `{"id","deps","lamport","op"}` */
export function doc_insert(handle: number, tbl: string, row_id: string, values_json: string): string;
export function doc_update(handle: number, tbl: string, row_id: string, col: string, value_json: string): string;
export function doc_delete(handle: number, tbl: string, row_id: string): string;
/** @returns what to do to a copy: `insert_row`, `set_cell` and `delete_row` */
export function doc_merge_remote(handle: number, runs_json: string): string;
/** @param known_json `{"agent": number of its last event}` @returns the runs beyond that */
export function doc_get_pending(handle: number, known_json: string): string;
/** @returns `{"frontier","versions"}` */
export function doc_sync_state(handle: number): string;
/** @returns the entry: `{"key","value","timestamp","peer"}` */
export function ephemeral_set(handle: number, ns: string, key: string, value_json: string, timestamp: number): string;
/** @returns the entry, or `null` as JSON */
export function ephemeral_get(handle: number, ns: string, key: string): string;
/** @returns entries by key */
export function ephemeral_get_all(handle: number, ns: string): string;
/** @param entries_json entries by namespace and key @returns those that were new here */
export function ephemeral_merge(handle: number, entries_json: string): string;
