package dev.thalweg.web.sheet;

/** Who works on a sheet: one client, and what it calls the others. */
public interface Crew {
    /** What this client calls itself. */
    String self();

    /** What a connection is called. @param clientId as the structures know it */
    String name(String clientId);
}
