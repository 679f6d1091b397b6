/**
 * Thalweg for JavaScript and TypeScript: documents that many people edit at once, in the protocol and the format of the
 * Fluid Framework. The names are Fluid's where Fluid has the thing.
 *
 * Values are JSON: what is read is a copy, and changing it changes nothing. What is absent is `undefined`. Edits show
 * here at once and are sent by themselves; what is made in one turn of the event loop travels as one batch.
 *
 * Whatever goes wrong is an {@link Error} with a `code`, see {@link ThalwegError}.
 *
 * One file, long as it is: a module has one declaration, editors show it as the reference, and a test compares it with
 * what the program exports. In order: values and errors, the client and its containers, one class for each structure,
 * typed values, presence, undo.
 */

/** A value that can be shared. Numbers that JSON does not have (NaN, the infinities) become null. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** A reference to a structure or a blob of a document, as it is stored in values; see {@link Container.resolve}. */
export type Handle = {
    readonly type: "__fluid_handle__";
    readonly url: string;
};

/** What errors of this module carry besides their message. */
export interface ThalwegError extends Error {
    /**
     * `argument`: a value that cannot be taken; `state`: something that cannot be done now; `unreadable`: bytes that
     * cannot be read; `service`: what a service refused or left unanswered; `internal`: a fault of this module.
     */
    readonly code: "argument" | "state" | "unreadable" | "service" | "internal";
    /** For `service`: the HTTP status, or 0 when there was no answer. */
    readonly status?: number;
    /** For `service`: whether the same may work later. */
    readonly retryable?: boolean;
    /** For `service`: how long to wait at least, 0 when the service did not say. */
    readonly retryAfterMillis?: number;
}

/** What is given to a listener: the event's name, and what belongs to it. */
export type Told<Name extends string, Details = unknown> = { readonly type: Name } & Readonly<Details>;

/** Hears events by name, or all of them as `"*"`. */
export interface Emitter<Events> {
    /** Hears from now on. @returns a function that ends this */
    on<Name extends keyof Events & string>(event: Name, listener: (event: Told<Name, Events[Name]>) => void): () => void;
    on(
        event: "*",
        listener: (event: { [Name in keyof Events & string]: Told<Name, Events[Name]> }[keyof Events & string]) => void,
    ): () => void;
}

// ---------------------------------------------------------------------------------------------------- the client

/** Gets the tokens that a client shows to its service, for example from an application's own server. */
export interface TokenProvider {
    fetchToken(request: TokenRequest): string | Promise<string>;
}

export interface TokenRequest {
    readonly tenantId: string;
    /** Empty for a document that is still to be created. */
    readonly documentId: string;
    /** Whether the token given last must not be given again. */
    readonly refresh: boolean;
}

/**
 * Signs tokens in the client itself. For development only: whoever has the key can open every document of the tenant.
 */
export class InsecureTokenProvider implements TokenProvider {
    /**
     * @param tenantKey the tenant's secret; `12345` for tinylicious
     * @param user      a name, which gets a fresh id, or an object with an `id`
     */
    constructor(tenantKey: string, user: string | { readonly id: string; readonly [name: string]: JsonValue });
    fetchToken(request: TokenRequest): string;
}

export interface ClientOptions {
    /** Where the service is, for example `http://localhost:7070`. */
    readonly url: string;
    /** Whose documents are meant; `tinylicious` unless it is said. */
    readonly tenant?: string;
    readonly tokenProvider: TokenProvider;
    /**
     * The class of sockets. Browsers and Node.js from 22 on have one; before that, pass the one of the package `ws`.
     */
    readonly webSocket?: new (url: string) => object;
    /** Whether this client edits (`write`, unless it is said), only reads, or is a program that writes summaries. */
    readonly mode?: "write" | "read" | "summarizer";
    /** Whether this client sees to the summaries of its documents when that is on it; not unless it is said. */
    readonly summaries?: boolean;
}

/** A structure's class, as schemas name it. */
export interface Structure<T> {
    /** The structure's URL in documents. */
    type(): string;
    readonly prototype: T;
}

/** A structure whose values have a shape, as schemas name it; see {@link Codec.in}. */
export interface TypedStructure<T> {
    /** Nothing is there; for the compiler, which tells by it what is in the container. */
    readonly view?: T;
}

/** The objects a document is created with, each under a key that never changes. */
export interface ContainerSchema {
    readonly initialObjects: { readonly [key: string]: Structure<unknown> | TypedStructure<unknown> };
}

/** The objects of a schema, as the structures they are, or as typed views of them. */
export type InitialObjects<S extends ContainerSchema> = {
    readonly [Key in keyof S["initialObjects"]]: S["initialObjects"][Key] extends Structure<infer T>
        ? T
        : S["initialObjects"][Key] extends TypedStructure<infer V>
          ? V
          : never;
};

/** A program's way to the documents of a service. */
export class ThalwegClient {
    constructor(options: ClientOptions);
    /** A new document that nobody else sees: edit it at will, then {@link Container.attach} it. */
    createContainer<S extends ContainerSchema>(schema: S): Promise<Container<S>>;
    /**
     * Reads a document, which then connects by itself. Refused with status 404 when there is none, with 422 when it cannot
     * be read or lacks an initial object.
     */
    getContainer<S extends ContainerSchema>(id: string, schema: S): Promise<Container<S>>;
}

export type ConnectionState = "disconnected" | "connecting" | "catchingUp" | "connected" | "closed";

export interface ContainerEvents {
    connected: { clientId: string };
    disconnected: { reason: string };
    connectionStateChanged: { state: ConnectionState; clientId?: string; reason: string };
    reconnectScheduled: { delayMillis: number; status: number; reason: string };
    /** The first edit that is not acknowledged was made. */
    dirty: {};
    /** Every edit made here is acknowledged. */
    saved: {};
    attached: { id: string };
    /** A message was processed, whoever sent it. */
    op: {
        sequenceNumber: number;
        minimumSequenceNumber: number;
        clientId?: string;
        messageType: string;
        local: boolean;
    };
    channelAttached: { path: string; channelType: string; local: boolean };
    dataStoreAttached: { path: string; local: boolean };
    /** A structure can no longer be kept up to date here; the rest of the document goes on. */
    channelQuarantined: { path: string; sequenceNumber: number; reason: string };
    /** An operation was passed over that names no part of the document, or not readably. */
    operationUnreadable: { sequenceNumber: number; reason: string };
    signal: { clientId?: string; signalType: string; content: JsonValue; local: boolean; address?: string };
    audienceChanged: { clientId: string; user: JsonValue; interactive: boolean; present: boolean };
    quorumChanged: {
        clientId: string;
        user: JsonValue;
        interactive: boolean;
        sequenceNumber: number;
        present: boolean;
    };
    proposalAccepted: { key: string; value: JsonValue; sequenceNumber: number };
    nacked: { reason: string };
    summaryAcknowledged: { handle: string; sequenceNumber: number };
    /** A listener threw while it was told of something that came from the service. */
    listenerFailed: { error: unknown };
    closed: { status: number; reason: string };
}

/** What a handle leads to, here and now. */
export type Resolved =
    | { readonly kind: "structure"; readonly object: AnyStructure }
    | { readonly kind: "foreign"; readonly path: string; readonly type: string }
    | { readonly kind: "store"; readonly id: string }
    | { readonly kind: "blob" }
    | { readonly kind: "missing"; readonly path: string };

/** A document as this client has it. */
export class Container<S extends ContainerSchema = ContainerSchema> implements Emitter<ContainerEvents> {
    private constructor();
    /** Gives a detached document to the service. @returns its id */
    attach(): Promise<string>;
    readonly attachState: "detached" | "attaching" | "attached";
    /** The document's id, once it has one. */
    readonly id: string | undefined;
    /** The objects of the schema. The same object is found each time. */
    readonly initialObjects: InitialObjects<S>;
    /** Makes an object that others find once its {@link SharedObject.handle} is stored where they look. */
    create<T>(type: Structure<T>): T;
    /**
     * Adds a data store with empty structures, for all to see. It belongs to the document for good once its handle is
     * stored where others find it.
     *
     * @param packagePath names under which programs know what it is for; a data object of a stock client is
     *                    `["rootDO", type]`
     * @param schema      what is in it: the keys are the structures' ids
     * @returns its handle; that of a structure has the `url` of this one, a slash and the key
     */
    addStore(packagePath: readonly string[], schema: ContainerSchema): Handle;
    resolve(handle: Handle): Resolved;
    /** Stores bytes that are too large for a value. @returns a handle, to be stored in one */
    uploadBlob(bytes: Uint8Array): Promise<Handle>;
    readBlob(handle: Handle): Promise<Uint8Array>;
    readonly connectionState: ConnectionState;
    /** The id of the present connection. */
    readonly clientId: string | undefined;
    /** Connects, and keeps connecting until {@link disconnect}. A loaded or attached document does so by itself. */
    connect(): void;
    /** Drops the connection and stays off. Edits are kept and sent later. */
    disconnect(): void;
    /** Closes the document for good. Edits that are not acknowledged are lost. */
    dispose(): void;
    readonly disposed: boolean;
    readonly readOnly: boolean;
    /** Whether there are edits that are not acknowledged. */
    readonly dirty: boolean;
    /** The last sequence number processed. */
    readonly sequenceNumber: number;
    /** Why structures cannot be kept up to date any longer, by path. */
    readonly quarantined: { readonly [path: string]: string };
    /** Done when the document is connected; refused when it is closed before. */
    connected(): Promise<void>;
    /** Done when no edit is without acknowledgement; refused when the document is closed before. */
    saved(): Promise<void>;
    /**
     * Makes edits that travel as one batch: others see all of them or none. When the function throws, they are taken
     * back. It must not be async.
     */
    runTransaction<R>(edits: () => R extends PromiseLike<unknown> ? never : R): R;
    /** Writes a summary, for a client whose mode is `summarizer`. */
    summarize(): Promise<{ readonly handle: string; readonly sequenceNumber: number }>;
    /** Says something to everybody who is connected, or to one connection; neither ordered nor kept. */
    signal(type: string, content: JsonValue, targetClientId?: string): void;
    /**
     * Proposes a value to all who write; it is accepted once each has seen it, which `proposalAccepted` tells. Not repeated
     * when the connection breaks before.
     */
    propose(key: string, value: JsonValue): void;
    /** A value that was proposed and accepted. */
    accepted(key: string): JsonValue | undefined;
    readonly audience: Audience;
    /** Takes part in the presence at the document, from when it is first asked for. */
    readonly presence: Presence;
    on<Name extends keyof ContainerEvents>(
        event: Name,
        listener: (event: Told<Name, ContainerEvents[Name]>) => void,
    ): () => void;
    on(
        event: "*",
        listener: (event: { [Name in keyof ContainerEvents]: Told<Name, ContainerEvents[Name]> }[keyof ContainerEvents]) => void,
    ): () => void;
}

// -------------------------------------------------------------------------------------------------- the audience

/** Somebody at a document, however many connections. */
export interface Member {
    readonly id: string;
    readonly name: string;
    /** All that the token says. */
    readonly user: { readonly [name: string]: JsonValue };
    readonly connections: readonly { readonly id: string; readonly mode: "write" | "read" }[];
}

export interface AudienceEvents {
    memberAdded: { clientId: string; member: Member };
    memberRemoved: { clientId: string; member: Member };
}

/** The people at a document. */
export class Audience implements Emitter<AudienceEvents> {
    private constructor();
    members(): Member[];
    /** Who this client belongs to, while it is connected. */
    myself(): Member | undefined;
    on: Emitter<AudienceEvents>["on"];
}

// -------------------------------------------------------------------------------------------------- structures

/** What all structures have in common. */
export abstract class SharedObject<Events = {}> implements Emitter<Events> {
    protected constructor();
    readonly id: string;
    /** Its reference, to be stored in a value. */
    readonly handle: Handle;
    /** How many of its edits were made here and are not acknowledged. */
    readonly pendingCount: number;
    on: Emitter<Events>["on"];
}

/** A structure whose operations may come by any way, in any order and any number of times. */
export abstract class SharedLattice<Events> extends SharedObject<Events> {
    protected constructor();
    /**
     * Takes an operation that came by another way than through the service, for example once more.
     *
     * @param operation as it stands on the wire
     * @returns whether anything changed
     */
    absorb(operation: JsonValue): boolean;
}

/** Any structure of this module. */
export type AnyStructure =
    | SharedMap
    | SharedDirectory
    | SharedCell
    | SharedCounter
    | ConsensusRegisterCollection
    | ConsensusQueue
    | TaskManager
    | PactMap
    | SharedClaims
    | SharedPnCounter
    | SharedGCounter
    | SharedGSet
    | SharedTwoPhaseSet
    | SharedOrSet
    | SharedTallyMap
    | SharedRegisterMap;

export interface MapEvents {
    valueChanged: { key: string; previousValue?: JsonValue; local: boolean };
    clear: { local: boolean };
}

/** Keys and values; the last write of a key wins. Fluid's. */
export class SharedMap extends SharedObject<MapEvents> {
    private constructor();
    static type(): string;
    get(key: string): JsonValue | undefined;
    has(key: string): boolean;
    readonly size: number;
    keys(): string[];
    entries(): [string, JsonValue][];
    /** Whether what is read of a key rests on an edit that is not acknowledged. */
    pending(key: string): boolean;
    set(key: string, value: JsonValue): void;
    delete(key: string): boolean;
    clear(): void;
}

export interface DirectoryEvents {
    valueChanged: { path: string; key: string; previousValue?: JsonValue; local: boolean };
    /** Another client took every key out, and this one stays since an edit of it is on its way. */
    valueKept: { path: string; key: string; clearedValue?: JsonValue; local: boolean };
    clear: { path: string; local: boolean };
    subDirectoryCreated: { path: string; local: boolean };
    subDirectoryDeleted: { path: string; local: boolean };
    disposed: { path: string; local: boolean };
    undisposed: { path: string; local: boolean };
}

/** What can be done with every directory of a tree. */
export interface DirectoryVerbs {
    readonly path: string;
    /** Whether it is gone, by itself or with one above it. */
    readonly disposed: boolean;
    get(key: string): JsonValue | undefined;
    has(key: string): boolean;
    readonly size: number;
    keys(): string[];
    entries(): [string, JsonValue][];
    pending(key: string): boolean;
    set(key: string, value: JsonValue): void;
    delete(key: string): boolean;
    clear(): void;
    createSubDirectory(name: string): Directory;
    getSubDirectory(name: string): Directory | undefined;
    hasSubDirectory(name: string): boolean;
    pendingSubDirectory(name: string): boolean;
    deleteSubDirectory(name: string): boolean;
    /** The names of the directories directly below. */
    subdirectories(): string[];
    getWorkingDirectory(path: string): Directory | undefined;
}

/** A directory of a tree. Another object may stand for the same directory each time it is asked for. */
export class Directory implements DirectoryVerbs, Emitter<DirectoryEvents> {
    private constructor();
    readonly path: string;
    readonly disposed: boolean;
    get(key: string): JsonValue | undefined;
    has(key: string): boolean;
    readonly size: number;
    keys(): string[];
    entries(): [string, JsonValue][];
    pending(key: string): boolean;
    set(key: string, value: JsonValue): void;
    delete(key: string): boolean;
    clear(): void;
    createSubDirectory(name: string): Directory;
    getSubDirectory(name: string): Directory | undefined;
    hasSubDirectory(name: string): boolean;
    pendingSubDirectory(name: string): boolean;
    deleteSubDirectory(name: string): boolean;
    subdirectories(): string[];
    getWorkingDirectory(path: string): Directory | undefined;
    on: Emitter<DirectoryEvents>["on"];
}

/** A tree of directories; this is its root, and hears of the whole tree. Fluid's. */
export class SharedDirectory extends SharedObject<DirectoryEvents> implements DirectoryVerbs {
    private constructor();
    static type(): string;
    readonly path: string;
    readonly disposed: boolean;
    get(key: string): JsonValue | undefined;
    has(key: string): boolean;
    readonly size: number;
    keys(): string[];
    entries(): [string, JsonValue][];
    pending(key: string): boolean;
    set(key: string, value: JsonValue): void;
    delete(key: string): boolean;
    clear(): void;
    createSubDirectory(name: string): Directory;
    getSubDirectory(name: string): Directory | undefined;
    hasSubDirectory(name: string): boolean;
    pendingSubDirectory(name: string): boolean;
    deleteSubDirectory(name: string): boolean;
    subdirectories(): string[];
    getWorkingDirectory(path: string): Directory | undefined;
}

export interface CellEvents {
    valueChanged: { value: JsonValue; local: boolean };
    delete: { local: boolean };
}

/** One value; the last write wins. Fluid's. */
export class SharedCell extends SharedObject<CellEvents> {
    private constructor();
    static type(): string;
    get(): JsonValue | undefined;
    readonly empty: boolean;
    readonly pending: boolean;
    set(value: JsonValue): void;
    delete(): void;
}

/** A number to which clients add. Fluid's. */
export class SharedCounter extends SharedObject<{
    incremented: { incrementAmount: number; newValue: number; local: boolean };
}> {
    private constructor();
    static type(): string;
    readonly value: number;
    /** What all agree on. */
    readonly sequencedValue: number;
    /** @param amount a safe integer */
    increment(amount: number): void;
}

/** What became of something that counts once it is sequenced, and is not known. */
export type Unsettled =
    /** It was taken back before it was sent. */
    | { readonly status: "aborted" }
    /** The document was closed before the outcome was known. */
    | { readonly status: "unknown"; readonly reason: string };

export type WriteOutcome =
    | { readonly status: "won" }
    /** Another write was first; `value` is the one all agree on. */
    | { readonly status: "lost"; readonly value: JsonValue }
    | Unsettled;

/** Registers whose writes all agree on before they show. Fluid's. */
export class ConsensusRegisterCollection extends SharedObject<{
    atomicChanged: { key: string; value: JsonValue; local: boolean };
    versionChanged: { key: string; value: JsonValue; atomic: boolean; local: boolean };
    aborted: { key: string; value: JsonValue; local: boolean };
}> {
    private constructor();
    static type(): string;
    /** @param policy `atomic` (unless it is said): the value all agree on; `lww`: the newest version */
    read(key: string, policy?: "atomic" | "lww"): JsonValue | undefined;
    readVersions(key: string): JsonValue[];
    keys(): string[];
    write(key: string, value: JsonValue): Promise<WriteOutcome>;
}

export type AcquireOutcome =
    | { readonly status: "acquired"; readonly acquisition: Acquisition }
    | { readonly status: "empty" }
    | Unsettled;

export type CompleteOutcome =
    | { readonly status: "completed" }
    /** The connection was lost: the item is in the queue again, or will be. */
    | { readonly status: "returned" }
    | Unsettled;

/** A queue from which each item goes to one client. Fluid's. */
export class ConsensusQueue extends SharedObject<{
    add: { value: JsonValue; newlyAdded: boolean; returnedFrom?: string; local: boolean };
    acquire: { acquireId: string; value: JsonValue; clientId?: string; local: boolean };
    complete: { acquireId: string; value: JsonValue; local: boolean };
    localRelease: { acquireId: string; value: JsonValue; intentional: boolean; local: boolean };
    missed: { local: boolean };
    aborted: { local: boolean };
}> {
    private constructor();
    static type(): string;
    readonly size: number;
    items(): JsonValue[];
    /** Items that somebody has in hand. */
    jobs(): { readonly acquireId: string; readonly value: JsonValue; readonly clientId?: string }[];
    add(value: JsonValue): Promise<{ readonly status: "added" } | Unsettled>;
    acquire(): Promise<AcquireOutcome>;
    /** The same, but waits while there is no item. */
    waitAndAcquire(): Promise<AcquireOutcome>;
}

/** An item of a queue in this client's hand, until it is completed, released or the connection is lost. */
export class Acquisition {
    private constructor();
    readonly id: string;
    readonly value: JsonValue;
    /** Whether it was completed or released here. */
    readonly over: boolean;
    complete(): Promise<CompleteOutcome>;
    release(): void;
}

export type TaskOutcome =
    | { readonly status: "assigned" }
    | { readonly status: "completed" }
    | { readonly status: "abandoned" }
    | { readonly status: "disconnected" }
    | Unsettled;

/** Tasks of which each is done by one client at a time. Fluid's. */
export class TaskManager extends SharedObject<{
    queued: { taskId: string; clientId: string; local: boolean };
    left: { taskId: string; clientId: string; local: boolean };
    completed: { taskId: string; local: boolean };
    assigned: { taskId: string; local: boolean };
    lost: { taskId: string; local: boolean };
    rolledBack: { taskId: string; local: boolean };
}> {
    private constructor();
    static type(): string;
    assigned(taskId: string): boolean;
    queued(taskId: string): boolean;
    subscribed(taskId: string): boolean;
    readonly canVolunteer: boolean;
    /** The tasks that somebody has. */
    tasks(): string[];
    /** The connections that wait for a task; the first has it. */
    queue(taskId: string): string[];
    volunteerForTask(taskId: string): Promise<TaskOutcome>;
    /** Volunteers now and after every reconnect, until the task is abandoned or completed. */
    subscribeToTask(taskId: string): void;
    abandon(taskId: string): void;
    complete(taskId: string): void;
}

export type PactOutcome = { readonly status: "accepted" } | { readonly status: "refused" } | Unsettled;

/** Keys and values that count once everybody has seen them. Fluid's. */
export class PactMap extends SharedObject<{
    pending: { key: string; value?: JsonValue; local: boolean };
    signedOff: { key: string; clientId: string; local: boolean };
    accepted: { key: string; value?: JsonValue; previousValue?: JsonValue; local: boolean };
    refused: { key: string; value?: JsonValue; local: boolean };
    aborted: { key: string; value?: JsonValue; local: boolean };
}> {
    private constructor();
    static type(): string;
    get(key: string): JsonValue | undefined;
    getWithDetails(key: string): { readonly value?: JsonValue; readonly acceptedSequenceNumber: number } | undefined;
    isPending(key: string): boolean;
    getPending(key: string): JsonValue | undefined;
    /** The connections whose consent is missing. */
    expectedSignoffs(key: string): string[];
    keys(): string[];
    set(key: string, value: JsonValue): Promise<PactOutcome>;
    delete(key: string): Promise<PactOutcome>;
}

export type ClaimOutcome =
    | { readonly status: "accepted"; readonly value: JsonValue }
    | { readonly status: "lost"; readonly holder: JsonValue }
    | { readonly status: "alreadyClaimed"; readonly holder: JsonValue }
    | { readonly status: "alreadyPending" }
    | Unsettled;

/** Keys of which each belongs to whoever asked first. */
export class SharedClaims extends SharedObject<{
    claimed: { key: string; value: JsonValue; previousValue?: JsonValue; local: boolean };
    released: { key: string; previousValue?: JsonValue; local: boolean };
    filed: { key: string; value: JsonValue; local: boolean };
    lost: { key: string; value: JsonValue; holder: JsonValue; local: boolean };
    aborted: { key: string; value: JsonValue; local: boolean };
}> {
    private constructor();
    static type(): string;
    holder(key: string): JsonValue | undefined;
    keys(): string[];
    pending(key: string): boolean;
    /** @param value not null */
    claim(key: string, value: JsonValue): Promise<ClaimOutcome>;
    /** Puts a value in place of the holder that is seen now; null sets the key free. */
    compareAndSet(key: string, value: JsonValue): Promise<ClaimOutcome>;
    release(key: string): Promise<ClaimOutcome>;
}

/** A number to which clients add and from which they take. */
export class SharedPnCounter extends SharedLattice<{
    updated: { amount: number; newValue: number; local: boolean };
}> {
    private constructor();
    static type(): string;
    readonly value: number;
    readonly increments: number;
    readonly decrements: number;
    readonly sequencedValue: number;
    /** @param amount a safe integer */
    update(amount: number): void;
}

/** A number that only grows. */
export class SharedGCounter extends SharedLattice<{
    incremented: { amount: number; newValue: number; local: boolean };
}> {
    private constructor();
    static type(): string;
    readonly value: number;
    readonly sequencedValue: number;
    /** @param amount a safe integer, 0 or more */
    increment(amount: number): void;
}

export interface SetEvents {
    added: { element: string; local: boolean };
    removed: { element: string; local: boolean };
}

/** A set that only grows. */
export class SharedGSet extends SharedLattice<SetEvents> {
    private constructor();
    static type(): string;
    has(element: string): boolean;
    pending(element: string): boolean;
    elements(): string[];
    sequencedElements(): string[];
    add(element: string): boolean;
}

/** A set to which what was removed never comes back. */
export class SharedTwoPhaseSet extends SharedLattice<SetEvents> {
    private constructor();
    static type(): string;
    has(element: string): boolean;
    pending(element: string): boolean;
    elements(): string[];
    sequencedElements(): string[];
    add(element: string): boolean;
    remove(element: string): boolean;
    removed(element: string): boolean;
}

/** A set in which an addition outlives a removal made at the same time. */
export class SharedOrSet extends SharedLattice<SetEvents> {
    private constructor();
    static type(): string;
    has(element: string): boolean;
    pending(element: string): boolean;
    elements(): string[];
    sequencedElements(): string[];
    add(element: string): void;
    remove(element: string): boolean;
}

export interface OrMapEvents {
    opened: { key: string; value: JsonValue; local: boolean };
    tallied: { key: string; amount: number; newValue: number; local: boolean };
    written: { key: string; value: JsonValue; previousValue?: JsonValue; local: boolean };
    striking: { key: string; striking: boolean; local: boolean };
    removed: { key: string; local: boolean };
}

/** Rows that come and go, of which an opening outlives a removal made at the same time. */
export abstract class SharedOrMap extends SharedLattice<OrMapEvents> {
    protected constructor();
    keys(): string[];
    readonly size: number;
    has(key: string): boolean;
    pending(key: string): boolean;
    /** Whether this client removed a row and that is not acknowledged. */
    removing(key: string): boolean;
    open(key: string): void;
    remove(key: string): boolean;
}

/** Rows that hold a number each, to which clients add and from which they take. */
export class SharedTallyMap extends SharedOrMap {
    private constructor();
    static type(): string;
    get(key: string): number;
    /** What all agree on. */
    sequenced(key: string): number;
    /** @param amount a safe integer */
    increment(key: string, amount: number): void;
}

/** Rows that hold a value each; the last write of a row wins. */
export class SharedRegisterMap extends SharedOrMap {
    private constructor();
    static type(): string;
    get(key: string): JsonValue | undefined;
    set(key: string, value: JsonValue): void;
}

// ------------------------------------------------------------------------------------------------ typed values

/**
 * What a typed read finds. Other programs, and other versions of this one, write the same document, so that a value of
 * another shape is a case to handle and no exception; it stays in the document until somebody writes over it.
 */
export type Reading<T> =
    | { readonly kind: "absent" }
    | { readonly kind: "decoded"; readonly value: T }
    | { readonly kind: "notDecoded"; readonly raw: JsonValue; readonly reason: string };

/** The type of a codec's values. */
export type TypeOf<C> = C extends Codec<infer T> ? T : never;

/** Makes one object type of several. */
type Flat<T> = { readonly [Name in keyof T]: T[Name] };

/**
 * The shape of values, declared once: reads are of its type, and what is not of the shape is not written.
 *
 * ```ts
 * const NOTE = Codec.object({ text: Codec.string(), rank: Codec.integer(0, 9) }, { due: Codec.string() });
 * const schema = { initialObjects: { notes: NOTE.in(SharedMap), votes: SharedCounter } };
 * // container.initialObjects.notes is a TypedMap of { text: string; rank: number; due?: string }
 * ```
 */
export class Codec<T> {
    private constructor();
    static string(): Codec<string>;
    /** Any finite number. */
    static number(): Codec<number>;
    /** A whole number of 32 bits within bounds, both inclusive. */
    static integer(min: number, max: number): Codec<number>;
    static bool(): Codec<boolean>;
    /** Whatever is there. */
    static json(): Codec<JsonValue>;
    /** One of a few words. */
    static choice<const Words extends readonly string[]>(words: Words): Codec<Words[number]>;
    static list<T>(element: Codec<T>): Codec<readonly T[]>;
    /** An object whose member names are data. */
    static dictionary<T>(element: Codec<T>): Codec<{ readonly [name: string]: T }>;
    /**
     * An object. Members that are not declared are left out of what is read.
     *
     * @param members  those that every object has
     * @param optional those that may be missing, or null
     */
    static object<M extends object, O extends object = {}>(
        members: { readonly [Name in keyof M]: Codec<M[Name]> },
        optional?: { readonly [Name in keyof O]: Codec<O[Name]> },
    ): Codec<Flat<M & Partial<O>>>;
    /**
     * An object of several forms, of which one member says which it is.
     *
     * @param tag      that member, for example `type`
     * @param variants what it says, and the form's other members
     */
    static oneOf<const Tag extends string, V extends object>(
        tag: Tag,
        variants: { readonly [Word in keyof V]: Codec<V[Word]> },
    ): Codec<{ [Word in keyof V]: Flat<{ readonly [Name in Tag]: Word } & V[Word]> }[keyof V]>;
    /** Reads a value. */
    read(value: JsonValue | undefined): Reading<T>;
    /** In a schema: a structure whose values are of this shape. */
    in(structure: Structure<SharedCell>): TypedStructure<TypedCell<T>>;
    in(structure: Structure<SharedMap | SharedDirectory | SharedRegisterMap>): TypedStructure<TypedMap<T>>;
}

/** Keys whose values have a shape. The structure stays the document's: events come from there. */
export class TypedMap<T> {
    private constructor();
    /** The values of a structure that is there already; of a directory without its subdirectories. */
    static over<T>(structure: SharedMap | SharedDirectory | Directory | SharedRegisterMap, codec: Codec<T>): TypedMap<T>;
    readonly structure: SharedMap | SharedDirectory | Directory | SharedRegisterMap;
    get(key: string): Reading<T>;
    /** Refused with the code `argument` when the value is not of the shape. */
    set(key: string, value: T): void;
    /** @returns whether something was done */
    delete(key: string): boolean;
    /** The keys that have a value, of whatever shape. */
    keys(): string[];
}

/** A cell whose value has a shape. */
export class TypedCell<T> {
    private constructor();
    static over<T>(structure: SharedCell, codec: Codec<T>): TypedCell<T>;
    readonly structure: SharedCell;
    get(): Reading<T>;
    /** Refused with the code `argument` when the value is not of the shape. */
    set(value: T): void;
    /** Empties it. */
    delete(): void;
}

// ---------------------------------------------------------------------------------------------------- presence

/** Somebody at the document: one running client, under one id however often it reconnects. */
export interface Attendee {
    readonly id: string;
    readonly clientId: string;
    readonly connected: boolean;
}

export interface PresenceEvents {
    attendeeConnected: { attendee: Attendee };
    attendeeDisconnected: { attendee: Attendee };
    /** Somebody did not come back: the values are gone. */
    attendeeForgotten: { attendee: Attendee };
    /** @param key of a map, empty for a single value */
    valueChanged: { attendee: Attendee; workspace: string; name: string; key: string };
}

/** Who is at a document and what they are just doing. Nothing of it is ordered or kept. */
export class Presence implements Emitter<PresenceEvents> {
    private constructor();
    /** The attendee id of this client. */
    readonly myself: string;
    /** Everyone else. */
    attendees(): Attendee[];
    workspace(name: string): Workspace;
    /** Says good-bye and takes no part any more. */
    dispose(): void;
    on: Emitter<PresenceEvents>["on"];
}

/** A named group of values, on which the programs at a document agree. */
export class Workspace {
    private constructor();
    /** One value of each attendee. @param ttlMillis after how long others forget it; never, unless it is said */
    latest(name: string, ttlMillis?: number): Latest;
    /** Keys with a value each, of each attendee. */
    latestMap(name: string, ttlMillis?: number): LatestMap;
}

/** One value of each attendee, the latest. */
export class Latest {
    private constructor();
    /** This client's own. */
    readonly local: JsonValue | undefined;
    set(value: JsonValue): void;
    clear(): void;
    /** Another's. */
    remote(attendeeId: string): JsonValue | undefined;
}

/** Keys with a value each, of each attendee. */
export class LatestMap {
    private constructor();
    /** This client's own value of a key. */
    local(key: string): JsonValue | undefined;
    keys(): string[];
    set(key: string, value: JsonValue): void;
    delete(key: string): void;
    /** Another's value of a key. */
    remote(attendeeId: string, key: string): JsonValue | undefined;
    remoteKeys(attendeeId: string): string[];
}

// ------------------------------------------------------------------------------------------------ undo and redo

export interface UndoOutcome {
    /** How many parts were put back, or done again. */
    readonly done: number;
    /** The parts that were left as they are, and why. */
    readonly skipped: readonly {
        readonly id: string;
        readonly what: string;
        readonly reason: "overwritten" | "gone" | "untracked";
    }[];
}

/** Undo and redo of what this client did, and nobody else. A transaction is one step. */
export class UndoRedoStackManager implements Emitter<{ changed: { canUndo: boolean; canRedo: boolean } }> {
    /** @param limit how many steps are kept; 100 unless it is said */
    constructor(container: Container<ContainerSchema>, limit?: number);
    /** Tracks the edits of this client from now on. @returns a function that ends this */
    track(structure: SharedMap | SharedDirectory | SharedCell | SharedCounter | SharedTallyMap | SharedRegisterMap): () => void;
    readonly canUndo: boolean;
    readonly canRedo: boolean;
    undoOperation(): UndoOutcome;
    redoOperation(): UndoOutcome;
    /** Forgets every step. */
    clear(): void;
    on: Emitter<{ changed: { canUndo: boolean; canRedo: boolean } }>["on"];
}
