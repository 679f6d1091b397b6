package dev.thalweg.web.local.trust;

import dev.thalweg.byzantine.Alert;

/** What a replica looks at before it takes an entry in, in that order: what costs least comes first. */
enum Check {
    DOCUMENT("document", "Is it for this document?"),
    HASH("hash", "Is it what its digest says?"),
    SIZE("size", "Is it new, and not too long?"),
    CONTENT("content", "Is its content what its header says?"),
    SIGNATURE("signature", "Did its author sign it?"),
    CAUSES("causes", "Is here what its author had seen, or room to wait for it?"),
    EQUIVOCATION("equivocation", "Has its author signed nothing else for this place?"),
    BINDING("binding", "Does it go on where its author's last one ends?"),
    SENSE("sense", "Can the document make sense of it?");

    private final String id;
    private final String question;

    Check(String id, String question) {
        this.id = id;
        this.question = question;
    }

    /** Its name in the page, and to the reader. */
    String id() {
        return id;
    }

    String question() {
        return question;
    }

    /**
     * Which check an alert comes from.
     *
     * @param digestHolds whether the header is what the digest says: one kind of alert stands for two checks
     */
    static Check of(Alert.Kind kind, boolean digestHolds) {
        return switch (kind) {
            case OTHER_DOCUMENT -> DOCUMENT;
            case HASH_MISMATCH -> digestHolds ? CONTENT : HASH;
            case TOO_LARGE, REFUSED_BEFORE -> SIZE;
            case INVALID_SIGNATURE, NOT_VERIFIED -> SIGNATURE;
            case REFUSED_CAUSE, BUFFER_FULL -> CAUSES;
            case EQUIVOCATION -> EQUIVOCATION;
            case BROKEN_CHAIN -> BINDING;
            case BAD_CONTENT -> SENSE;
        };
    }
}
