package dev.thalweg.presence;

/** What happens among those who are here. */
public sealed interface PresenceEvent {
    /** Somebody came, or came back. */
    record AttendeeConnected(Attendee attendee) implements PresenceEvent {}

    /** Somebody's connection ended. The values stay readable for {@value Presence#FORGET_MILLIS} milliseconds. */
    record AttendeeDisconnected(Attendee attendee) implements PresenceEvent {}

    /** Somebody did not come back: the attendee and the values are gone. */
    record AttendeeForgotten(Attendee attendee) implements PresenceEvent {}

    /**
     * A value of somebody changed, expired or was taken out.
     *
     * @param key of a map, empty for a single value
     */
    record ValueChanged(Attendee attendee, String workspace, String name, String key) implements PresenceEvent {}
}
