package dev.thalweg.byzantine;

/**
 * Something that no honest peer does, or that is more than is taken.
 *
 * @param author who is said to have made the entry; only after the signature is that more than hearsay
 * @param digest the name it goes by
 * @param detail for a person
 */
public record Alert(Kind kind, String author, String digest, String detail) {
    /** What is wrong, in the order in which it is looked for: what costs least comes first. */
    public enum Kind {
        /** It is for another document. */
        OTHER_DOCUMENT,
        /** Its content is too long. */
        TOO_LARGE,
        /** It is not what its digest says, or its content is not what its header says. */
        HASH_MISMATCH,
        /** It was refused before. */
        REFUSED_BEFORE,
        /** The author did not sign it. */
        INVALID_SIGNATURE,
        /** Whether the author signed it could not be found out. */
        NOT_VERIFIED,
        /** The author has signed another entry for the same place. This one is taken in all the same. */
        EQUIVOCATION,
        /** It does not go on where the one before it ends. */
        BROKEN_CHAIN,
        /** One of its causes was refused. */
        REFUSED_CAUSE,
        /** Too much of this author waits, or of too many authors. It may be offered again later. */
        BUFFER_FULL,
        /** The document cannot make sense of the content. */
        BAD_CONTENT
    }
}
