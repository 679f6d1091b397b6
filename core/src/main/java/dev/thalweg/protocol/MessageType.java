package dev.thalweg.protocol;

/** What a document message is for. */
public enum MessageType {
    /** A runtime operation. */
    OP("op"),
    /** Says only how far its sender has read. */
    NOOP("noop"),
    /** A client has entered the quorum. */
    JOIN("join"),
    /** A client has left the quorum. */
    LEAVE("leave"),
    /** A value is proposed to the quorum. */
    PROPOSE("propose"),
    /** A proposal is refused. */
    REJECT("reject"),
    /** A proposal is accepted. */
    ACCEPT("accept"),
    /** A summary was uploaded and asks to become the latest. */
    SUMMARIZE("summarize"),
    /** The summary became the latest. */
    SUMMARY_ACK("summaryAck"),
    /** The summary was refused. */
    SUMMARY_NACK("summaryNack"),
    /** Nobody is left who writes. */
    NO_CLIENT("noClient"),
    /** A word from the service to itself. */
    CONTROL("control"),
    /** A type this version does not know; its sequence number counts all the same. */
    UNKNOWN("unknown");

    private final String wireName;

    MessageType(String wireName) {
        this.wireName = wireName;
    }

    /** As it stands in a message's {@code type}. */
    public String wireName() {
        return wireName;
    }

    /** The type of that name, {@link #UNKNOWN} when there is none. */
    public static MessageType of(String wireName) {
        return switch (wireName) {
            case "op" -> OP;
            case "noop" -> NOOP;
            case "join" -> JOIN;
            case "leave" -> LEAVE;
            case "propose" -> PROPOSE;
            case "reject" -> REJECT;
            case "accept" -> ACCEPT;
            case "summarize" -> SUMMARIZE;
            case "summaryAck" -> SUMMARY_ACK;
            case "summaryNack" -> SUMMARY_NACK;
            case "noClient" -> NO_CLIENT;
            case "control" -> CONTROL;
            default -> UNKNOWN;
        };
    }

    /** Whether clients may submit it; the others are the service's own. */
    public boolean fromClients() {
        return switch (this) {
            case OP, NOOP, PROPOSE, REJECT, ACCEPT, SUMMARIZE -> true;
            case JOIN, LEAVE, SUMMARY_ACK, SUMMARY_NACK, NO_CLIENT, CONTROL, UNKNOWN -> false;
        };
    }
}
