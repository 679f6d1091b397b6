package dev.thalweg.web.local.table;

/** By which rule of tables two things that were done at once were settled. */
enum Rule {
    LATER("later-stands"), DELETED("no-update-brings-back"), ONE_ROW("one-row"), INSERTED("latest-insertion");

    private final String id;

    Rule(String id) {
        this.id = id;
    }

    /** What the page calls it. */
    String id() {
        return id;
    }
}
