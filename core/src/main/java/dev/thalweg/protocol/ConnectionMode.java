package dev.thalweg.protocol;

/** Whether a connection takes part in the quorum. */
public enum ConnectionMode {
    /** Sees everything, submits signals only, is not sequenced. */
    READ("read"),
    /** Submits operations; its joining and leaving are sequenced. */
    WRITE("write");

    private final String wireName;

    ConnectionMode(String wireName) {
        this.wireName = wireName;
    }

    /** As it stands in a message's {@code mode}. */
    public String wireName() {
        return wireName;
    }

    /** The mode of that name; anything but {@code write} reads. */
    public static ConnectionMode of(String wireName) {
        return "write".equals(wireName) ? WRITE : READ;
    }
}
