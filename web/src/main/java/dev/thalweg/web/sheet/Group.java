package dev.thalweg.web.sheet;

/** The kinds of structures that the picker keeps apart. */
public enum Group {
    /** Values and tallies of Fluid's, which show an edit at once. */
    VALUES("Fluid’s values"),
    /** Those of Fluid's that show nothing before it is sequenced. */
    CONSENSUS("Fluid’s consensus"),
    /** Those with a wire form of Thalweg's own. */
    OURS("Thalweg’s own");

    private final String title;

    Group(String title) {
        this.title = title;
    }

    /** What the picker says. */
    public String title() {
        return title;
    }
}
