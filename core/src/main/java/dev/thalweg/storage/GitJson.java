package dev.thalweg.storage;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryStore.Listed;
import java.util.ArrayList;
import java.util.List;

/**
 * Objects as they travel over REST, in GitHub's shapes as far as Fluid's drivers use them. {@code url} is always there
 * and always empty, as nobody follows it.
 */
public final class GitJson {
    private GitJson() {}

    /** The parts of a tree: {@code {"sha","tree":[{"path","mode","sha","size","type","url"}],"url"}}. */
    public static JsonObject tree(String id, List<Listed> parts) {
        return tree(id, parts, new SmallBlobs());
    }

    /** The same with {@code "content","encoding"} of the blobs that come along, each once. */
    public static JsonObject tree(String id, List<Listed> parts, SmallBlobs blobs) {
        List<JsonValue> values = new ArrayList<>(parts.size());
        for (Listed part : parts) {
            JsonObject.Builder value = JsonObject.builder().put("path", part.path()).put("mode", part.mode())
                    .put("sha", part.id()).put("size", part.size()).put("type", part.kind()).put("url", "");
            GitBlob blob = blobs.take(part.id());
            if (blob != null) {
                SummaryNode.Blob leaf = blob.leaf();
                value.put("content", leaf.content()).put("encoding", encoding(leaf));
            }
            values.add(value.build());
        }
        return JsonObject.builder().put("sha", id).put("tree", new JsonArray(values)).put("url", "").build();
    }

    /** Reads the parts of a tree. */
    public static List<Listed> readTree(JsonObject tree) throws ProtocolException {
        List<Listed> parts = new ArrayList<>();
        for (JsonValue value : tree.array("tree").values()) {
            JsonObject part = JsonCasts.object(value, "tree entry");
            parts.add(new Listed(part.string("path"), folder(part), part.string("sha"),
                    part.optionalInteger("size", 0, Integer.MAX_VALUE, 0)));
        }
        return parts;
    }

    /** The request to keep a tree: {@code {"tree":[{"mode","path","sha","type"}]}}. */
    public static JsonObject newTree(List<GitTree.Entry> entries) {
        List<JsonValue> values = new ArrayList<>(entries.size());
        for (GitTree.Entry entry : entries) {
            values.add(JsonObject.builder().put("mode", entry.folder() ? "040000" : "100644").put("path", entry.name())
                    .put("sha", entry.id()).put("type", entry.kind()).build());
        }
        return JsonObject.of("tree", new JsonArray(values));
    }

    /** Reads the request to keep a tree. */
    public static List<GitTree.Entry> readNewTree(JsonObject request) throws ProtocolException {
        List<GitTree.Entry> entries = new ArrayList<>();
        for (JsonValue value : request.array("tree").values()) {
            JsonObject entry = JsonCasts.object(value, "tree entry");
            entries.add(new GitTree.Entry(entry.string("path"), folder(entry), entry.string("sha")));
        }
        return entries;
    }

    /** A blob: {@code {"sha","size","content","encoding":"base64","url"}}. */
    public static JsonObject blob(GitBlob blob) {
        return JsonObject.builder().put("sha", blob.id()).put("size", blob.body().length)
                .put("content", Blobs.encode(blob.body())).put("encoding", "base64").put("url", "").build();
    }

    /** Reads the bytes of a blob, or of the request to keep one: {@code {"content","encoding":"utf-8"|"base64"}}. */
    public static byte[] readBlob(JsonObject blob) throws ProtocolException {
        return WholeSummary.blob(blob, "blob").bytes();
    }

    /** The request to keep a leaf. */
    public static JsonObject newBlob(SummaryNode.Blob leaf) {
        return JsonObject.builder().put("content", leaf.content()).put("encoding", encoding(leaf)).build();
    }

    private static String encoding(SummaryNode.Blob leaf) {
        return leaf.base64() ? "base64" : "utf-8";
    }

    /** A commit as it stands in the list of versions. */
    public static JsonObject commit(String id, GitCommit commit) {
        JsonObject who = JsonObject.builder().put("name", commit.author()).put("email", commit.email())
                .put("date", date(commit.seconds())).build();
        List<JsonValue> parents = new ArrayList<>();
        for (String parent : commit.parents()) {
            parents.add(JsonObject.builder().put("sha", parent).put("url", "").build());
        }
        JsonObject inner = JsonObject.builder().put("url", "").put("author", who).put("committer", who)
                .put("message", commit.message())
                .put("tree", JsonObject.builder().put("sha", commit.tree()).put("url", "").build()).build();
        return JsonObject.builder().put("url", "").put("sha", id).put("commit", inner)
                .put("parents", new JsonArray(parents)).build();
    }

    /**
     * A moment as {@code 2026-11-20T18:10:55.000Z}. The days are counted from 1 March of the year 0, so that the leap day
     * is the last of its year, in eras of 400 years, which are all 146097 days long.
     */
    static String date(double seconds) {
        int day = (int) Math.floor(seconds / 86400);
        int second = (int) (seconds - day * 86400.0);
        int shifted = day + 719468;
        int era = Math.floorDiv(shifted, 146097);
        int ofEra = shifted - era * 146097;
        int yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36524 - ofEra / 146096) / 365;
        int ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * ofYear + 2) / 153;
        int dayOfMonth = ofYear - (153 * monthFromMarch + 2) / 5 + 1;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        int year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        return year + "-" + two(month) + "-" + two(dayOfMonth) + "T" + two(second / 3600) + ":"
                + two(second / 60 % 60) + ":" + two(second % 60) + ".000Z";
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    private static boolean folder(JsonObject entry) throws ProtocolException {
        String type = entry.string("type");
        return switch (type) {
            case "tree" -> true;
            case "blob" -> false;
            default -> throw new ProtocolException("tree entry must be a tree or blob, was " + type);
        };
    }
}
