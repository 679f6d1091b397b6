package dev.thalweg.web.link;

import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.SequencedMessage;
import java.util.List;

/** Sees what sets out on a link, before the link holds it back. */
public interface LinkObserver {
    /** Looks away. */
    LinkObserver NONE = new LinkObserver() {
        @Override
        public void submitted(List<DocumentMessage> messages, String frame, double travelMillis) {}

        @Override
        public void sequenced(List<SequencedMessage> messages, String frame, double travelMillis) {}
    };

    /** A client sent operations. @param travelMillis in how long they leave the link @param frame as on the wire */
    void submitted(List<DocumentMessage> messages, String frame, double travelMillis);

    /** Operations came from the service. @param travelMillis in how long the client gets them @param frame as it came */
    void sequenced(List<SequencedMessage> messages, String frame, double travelMillis);
}
