package dev.thalweg.protocol;

import java.util.List;

/** What a token may allow. Scopes this version does not know are kept and passed on. */
public final class Scopes {
    /** Sees the document. */
    public static final String READ = "doc:read";
    /** Submits operations. */
    public static final String WRITE = "doc:write";
    /** Uploads summaries. */
    public static final String SUMMARY_WRITE = "summary:write";
    /** What development tokens allow. */
    public static final List<String> ALL = List.of(READ, WRITE, SUMMARY_WRITE);

    private Scopes() {}

    /** Whether a scope is among those that were given. */
    public static boolean contain(List<String> given, String scope) {
        for (String each : given) {
            if (each.equals(scope)) {
                return true;
            }
        }
        return false;
    }
}
