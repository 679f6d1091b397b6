package dev.thalweg.web.local.editor;

/**
 * Somebody else's caret and selection, in places of the text as it is here.
 *
 * @param agent  who
 * @param anchor where the selection begins, in UTF-16 units
 * @param head   where the caret is
 */
record Person(String agent, int anchor, int head) {
    /** Which of a page's two editors an agent writes in: {@code a} or {@code b}, the first letter of its name. */
    static String side(String agent) {
        return agent.startsWith("b") ? "b" : "a";
    }

    /** What a flag says: the letter of the side, and of who is not in this page the beginning of the rest. */
    String name(boolean near) {
        String letter = side(agent).equals("b") ? "B" : "A";
        int dash = agent.indexOf('-');
        return near || dash < 0 ? letter : letter + "·" + agent.substring(dash + 1, Math.min(agent.length(), dash + 5));
    }
}
