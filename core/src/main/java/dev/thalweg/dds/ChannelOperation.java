package dev.thalweg.dds;

import dev.thalweg.json.JsonValue;

/** An operation of a structure: one sealed family of records per structure. */
public interface ChannelOperation {
    /** As it stands on the wire, inside the channel's envelope. */
    JsonValue toJson();
}
