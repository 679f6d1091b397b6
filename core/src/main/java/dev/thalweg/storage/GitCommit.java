package dev.thalweg.storage;

import dev.thalweg.bytes.Utf8;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;

/**
 * A summary that was accepted, and what it followed.
 *
 * @param tree    the id of its whole tree
 * @param parents the ids of the commits before it, none for a new document
 * @param author  who wrote it, without angle brackets and line ends
 * @param email   of the author, without angle brackets and line ends
 * @param seconds when, in whole seconds since 1970
 * @param message for people
 */
public record GitCommit(
        String tree, List<String> parents, String author, String email, double seconds, String message)
        implements
            GitObject {
    public GitCommit {
        parents = List.copyOf(parents);
        if (author.indexOf('\n') >= 0 || author.indexOf('<') >= 0 || email.indexOf('\n') >= 0
                || email.indexOf('>') >= 0) {
            throw new IllegalArgumentException("author must be one plain line, was " + author + " <" + email + ">");
        }
        if (seconds < 0 || seconds > 1e11 || seconds != Math.floor(seconds)) {
            throw new IllegalArgumentException("commit time must be whole seconds from 0 to 1e11, was "
                    + JsonValue.of(seconds).toJson());
        }
    }

    @Override
    public String id() {
        return GitObject.id(kind(), body());
    }

    @Override
    public String kind() {
        return "commit";
    }

    @Override
    public byte[] body() {
        StringBuilder text = new StringBuilder("tree ").append(tree).append('\n');
        for (String parent : parents) {
            text.append("parent ").append(parent).append('\n');
        }
        String who = author + " <" + email + "> " + Long.toString((long) seconds) + " +0000\n";
        text.append("author ").append(who).append("committer ").append(who).append('\n').append(message);
        return Utf8.encode(text.toString());
    }

    static GitCommit read(byte[] body) throws ProtocolException {
        String text = Utf8.decode(body);
        String tree = null;
        List<String> parents = new ArrayList<>();
        String who = null;
        int at = 0;
        int end = text.indexOf('\n');
        while (end > at) {
            String line = text.substring(at, end);
            if (line.startsWith("tree ")) {
                tree = line.substring(5);
            } else if (line.startsWith("parent ")) {
                parents.add(line.substring(7));
            } else if (line.startsWith("author ")) {
                who = line.substring(7);
            }
            at = end + 1;
            end = text.indexOf('\n', at);
        }
        if (tree == null || who == null || end < 0) {
            throw new ProtocolException("commit of " + body.length + " bytes lacks a tree, an author or a message");
        }
        int open = who.indexOf(" <");
        int close = who.indexOf("> ", Math.max(open, 0));
        if (open < 0 || close < 0) {
            throw new ProtocolException("commit author must be a name, an address and a time, was " + who);
        }
        return new GitCommit(tree, parents, who.substring(0, open), who.substring(open + 2, close),
                seconds(who, close + 2), text.substring(end + 1));
    }

    private static double seconds(String who, int from) throws ProtocolException {
        double seconds = 0;
        int at = from;
        while (at < who.length() && who.charAt(at) >= '0' && who.charAt(at) <= '9' && seconds < 1e10) {
            seconds = seconds * 10 + (who.charAt(at++) - '0');
        }
        if (at == from || at < who.length() && who.charAt(at) != ' ') {
            throw new ProtocolException("commit time must be seconds since 1970, was " + who.substring(from));
        }
        return seconds;
    }
}
