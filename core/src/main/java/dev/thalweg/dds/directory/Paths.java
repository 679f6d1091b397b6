package dev.thalweg.dds.directory;

import java.util.ArrayList;
import java.util.List;

/** Paths as POSIX has them. */
final class Paths {
    static final String ROOT = "/";
    /** How many directories may be below one another: a summary nests twice as deep. */
    static final int DEPTH = 250;

    private Paths() {}

    /** The names on an absolute path from the root; {@code .} and {@code ..} are resolved. */
    static List<String> names(String absolutePath) {
        // Every operation asks, and most name the root or a directory right below it.
        if (absolutePath.startsWith(ROOT) && absolutePath.indexOf('/', 1) < 0 && absolutePath.indexOf('.', 1) != 1) {
            return absolutePath.length() == 1 ? List.of() : List.of(absolutePath.substring(1));
        }
        List<String> names = new ArrayList<>();
        int from = 0;
        int length = absolutePath.length();
        while (from < length) {
            int slash = absolutePath.indexOf('/', from);
            int to = slash < 0 ? length : slash;
            String name = absolutePath.substring(from, to);
            if (name.equals("..")) {
                if (!names.isEmpty()) {
                    names.remove(names.size() - 1);
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
            from = to + 1;
        }
        return names;
    }

    static String join(String path, String name) {
        return path.equals(ROOT) ? ROOT + name : path + "/" + name;
    }

    /** A relative path from a directory, made absolute; one that begins at the root stays. */
    static String resolve(String from, String path) {
        return path.startsWith(ROOT) ? path : from + "/" + path;
    }

    /** Throws unless a path can say the name. */
    static void requireName(String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0) {
            throw new IllegalArgumentException(
                    "a subdirectory's name must not be empty, . or .. and have no / in it, was " + name);
        }
    }
}
