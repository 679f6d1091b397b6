package dev.thalweg.web.local.trust;

/** What Mallory can do. */
enum Deed {
    WRITE("write", "Write honestly"),
    CHANGE("change", "Change A’s text on its way"),
    REHASH("rehash", "Change it and hash it anew"),
    IMPERSONATE("impersonate", "Sign in A’s name"),
    BORROW("borrow", "Go on from A’s log"),
    TRANSPLANT("transplant", "Bring an entry of another document"),
    NONSENSE("nonsense", "Write nonsense"),
    EQUIVOCATE("equivocate", "Tell A and B different things"),
    REPLAY("replay", "Send old entries again"),
    WITHHOLD("withhold", "Withhold a parent"),
    RELEASE("release", "Send what was withheld"),
    FLOOD("flood", "Flood everybody");

    private final String id;
    private final String label;

    Deed(String id, String label) {
        this.id = id;
        this.label = label;
    }

    /** Its name in the page. */
    String id() {
        return id;
    }

    String label() {
        return label;
    }
}
