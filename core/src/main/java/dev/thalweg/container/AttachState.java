package dev.thalweg.container;

/** How far a document is on its way to the service. Fluid's AttachState. */
public enum AttachState {
    /** Nobody else can see it. */
    DETACHED,
    /** It was given to the service, which has not answered yet, or refused so that it can be tried again. */
    ATTACHING,
    /** The service has it. */
    ATTACHED
}
