package dev.thalweg.dds;

/** Something that changed in a structure: one sealed family of records per structure. */
public interface ChannelEvent {
    /** Whether this client caused it. */
    boolean local();
}
