package dev.thalweg.e2e;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All that a rig shows in one moment, read from the page in one step, so that its parts belong together.
 *
 * @param stamp the words on the stamp
 * @param said  what the last control came to
 * @param rule  of the sheet that is shown
 * @param log   its lines, newest first
 */
record Snapshot(String state, int sequenceNumber, String target, String stamp, String said, String rule,
        List<String> log, Map<String, Client> clients) {
    /** Reads a rig, given as {@code rig}. */
    static final String SCRIPT = """
            rig => {
              const text = (at, query) => at.querySelector(query)?.textContent ?? "";
              const clients = {};
              for (const client of rig.querySelectorAll("[data-client]")) {
                const rows = {};
                for (const row of client.querySelectorAll("[data-key]")) {
                  rows[row.dataset.key] = {
                    value: row.dataset.value,
                    pending: row.dataset.pending,
                    delta: text(row, ".delta"),
                    note: text(row, ".row-note"),
                    actions: [...row.querySelectorAll("[data-action]:not([aria-disabled])")].map(a => a.dataset.action),
                  };
                }
                clients[client.dataset.client] = {
                  pending: client.dataset.pending,
                  connection: client.dataset.connection,
                  digest: client.dataset.digest,
                  rows,
                };
              }
              return {
                state: rig.dataset.state,
                sequenceNumber: rig.dataset.sequenceNumber,
                target: rig.dataset.target ?? "",
                stamp: text(rig, ".stamp"),
                said: text(rig, ".said"),
                rule: text(rig, ".rule"),
                log: [...rig.querySelectorAll(".log-line")].map(line => line.textContent),
                clients,
              };
            }""";

    /** What a client shows. */
    record Client(int pending, String connection, String digest, Map<String, Row> rows) {
        Row row(String key) {
            Row row = rows.get(key);
            if (row == null) {
                throw new AssertionError("no row " + key + " among " + rows.keySet());
            }
            return row;
        }
    }

    /** What a row shows. @param actions of the buttons that can be pressed */
    record Row(String value, boolean pending, String delta, String note, List<String> actions) {}

    Client client(String name) {
        Client client = clients.get(name);
        if (client == null) {
            throw new AssertionError("no client " + name + " among " + clients.keySet());
        }
        return client;
    }

    /** What a row of a client shows. */
    String value(String client, String key) {
        return client(client).row(key).value();
    }

    /** The digests of all clients, one when they are equal. */
    List<String> digests() {
        return clients.values().stream().map(Client::digest).distinct().toList();
    }

    /** For people who look for the reason of a failure. */
    String told() {
        return "%s at %d on %s: %s%n%s%n%s%n%s".formatted(state, sequenceNumber, target, stamp, said,
                clients.entrySet().stream().map(Object::toString).collect(Collectors.joining("\n")),
                String.join("\n", log));
    }

    static Snapshot of(Object read) {
        Map<?, ?> rig = (Map<?, ?>) read;
        Map<String, Client> clients = new LinkedHashMap<>();
        map(rig, "clients").forEach((name, client) -> clients.put((String) name, client((Map<?, ?>) client)));
        return new Snapshot(text(rig, "state"), Integer.parseInt(text(rig, "sequenceNumber")), text(rig, "target"),
                text(rig, "stamp"), text(rig, "said"), text(rig, "rule"), texts(rig, "log"), clients);
    }

    private static Client client(Map<?, ?> client) {
        Map<String, Row> rows = new LinkedHashMap<>();
        map(client, "rows").forEach((key, row) -> rows.put((String) key, row((Map<?, ?>) row)));
        return new Client(Integer.parseInt(text(client, "pending")), text(client, "connection"),
                text(client, "digest"), rows);
    }

    private static Row row(Map<?, ?> row) {
        return new Row(text(row, "value"), text(row, "pending").equals("true"), text(row, "delta"), text(row, "note"),
                texts(row, "actions"));
    }

    private static Map<?, ?> map(Map<?, ?> of, String name) {
        return (Map<?, ?>) get(of, name);
    }

    private static String text(Map<?, ?> of, String name) {
        return (String) get(of, name);
    }

    private static List<String> texts(Map<?, ?> of, String name) {
        return ((List<?>) get(of, name)).stream().map(String.class::cast).toList();
    }

    private static Object get(Map<?, ?> of, String name) {
        Object value = of.get(name);
        if (value == null) {
            throw new AssertionError("the rig has no " + name + ": " + of);
        }
        return value;
    }
}
