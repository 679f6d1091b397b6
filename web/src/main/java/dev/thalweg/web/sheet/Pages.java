package dev.thalweg.web.sheet;

import java.util.function.Predicate;

/**
 * The pages of a set that takes nothing back: a reset turns to a new one, on which nothing is written yet. Which page is
 * open is in the set too, so that all clients read the same.
 */
final class Pages {
    private Pages() {}

    /** The page that is open, from 1. @param set what is in it */
    static int of(Predicate<String> set) {
        int page = 1;
        while (set.test(beginning(page + 1))) {
            page++;
        }
        return page;
    }

    /** What opens a page. */
    static String beginning(int page) {
        return "page " + page;
    }

    /** What is in the set for a row of a page. */
    static String element(String row, int page) {
        return page == 1 ? row : row + " on page " + page;
    }

    /** What is said under a row, nothing on the first page. */
    static String note(int page) {
        return page == 1 ? "" : beginning(page);
    }
}
