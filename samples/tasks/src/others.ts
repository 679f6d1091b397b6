// Structures of a document that a page does not use. Fluid's client opens every object that a document is created with,
// and must know a kind for each.
import type { IChannelAttributes, IChannelFactory } from "@fluidframework/datastore-definitions/legacy";
import { SharedObject, type ISharedObjectKind } from "@fluidframework/shared-object-base/legacy";
import type { SharedObjectKind } from "fluid-framework";

/**
 * A structure that is passed over: it is there, hears its operations and does nothing. This client knows nothing of its
 * state, so it must not write it down: a summary that would need it fails, and a client that knows the structure writes
 * the next one.
 */
class PassedOver extends SharedObject {
    protected override summarizeCore(): never {
        throw new Error(`a client that does not know ${this.attributes.type} cannot summarize it`);
    }

    protected override async loadCore(): Promise<void> {}

    protected override processMessagesCore(): void {}

    protected override onDisconnect(): void {}

    protected override applyStashedOp(): void {}
}

/** A kind that passes over the structures of a type. */
function passedOver(type: string): SharedObjectKind {
    const attributes: IChannelAttributes = { type, snapshotFormatVersion: "0.1", packageVersion: "0" };
    const factory: IChannelFactory = {
        type,
        attributes,
        async load(runtime, id, services, found) {
            const object = new PassedOver(id, runtime, found, "passedOver_");
            await object.load(services);
            return object;
        },
        create() {
            throw new Error(`${type} is passed over here and cannot be made`);
        },
    };
    const kind: ISharedObjectKind<unknown> = {
        getFactory: () => factory,
        create: () => factory.create(undefined as never, "") as unknown,
    };
    return kind as unknown as SharedObjectKind;
}

/** What the demo's document has besides what the page shows of it: Fluid's structures first, then Thalweg's. */
export const others: SharedObjectKind[] = [
    ...["cell", "consensus-register-collection", "consensus-queue", "task-manager", "pact-map"].map(
        (name) => `https://graph.microsoft.com/types/${name}`,
    ),
    ...["pn-counter", "or-map-tally", "or-map-register", "claims", "g-counter", "g-set", "two-phase-set", "or-set"].map(
        (name) => `https://thalweg.dev/types/${name}`,
    ),
].map(passedOver);
