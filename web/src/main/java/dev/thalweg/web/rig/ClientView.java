package dev.thalweg.web.rig;

import dev.thalweg.web.dom.El;
import dev.thalweg.web.sheet.Board;
import dev.thalweg.web.sheet.Row;
import dev.thalweg.web.sheet.Shape;
import dev.thalweg.web.sheet.Sheet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One client: what it shows of the current sheet, what is pending, and its link. */
final class ClientView {
    private final Rig rig;
    private final Replica replica;
    private final El element;
    private final El pending = El.of("span", "pending-count");
    private final El drawing = El.svg("svg", "drawing");
    private final El list = El.of("ul", "rows");
    private final El connection = El.of("dd", "");
    private final El travelling = El.of("dd", "");
    private final El digest = El.of("dd", "");
    private final El link;
    private final List<RowView> rows = new ArrayList<>();
    private @Nullable Sheet<?> shown;
    private String drawn = "";

    ClientView(Rig rig, Replica replica) {
        this.rig = rig;
        this.replica = replica;
        drawing.attr("viewBox", "0 0 " + Shape.WIDTH + " " + Shape.HEIGHT).attr("aria-hidden", "true");
        El title = El.of("h3", "").text("Client " + replica.name());
        El head = El.of("div", "client-head", title, pending);
        link = El.button("", () -> rig.toggleLink(replica)).attr("data-control", "link");
        El foot = El.of("div", "client-foot", El.of("dl", "", pair("link", connection), pair("in the air", travelling),
                pair("digest", digest)), link);
        element = El.of("section", "client", head, drawing, list, foot).attr("data-client", replica.id())
                .attr("aria-label", "Client " + replica.name());
    }

    El element() {
        return element;
    }

    Replica replica() {
        return replica;
    }

    void show() {
        int count = replica.pending();
        Link state = Link.of(replica);
        element.attr("data-pending", count).attr("data-connection", replica.connection())
                .attr("data-digest", replica.digest());
        pending.text(count == 0 ? "nothing pending" : count + " pending");
        connection.text(state.words());
        travelling.text(replica.link().travellingUp() + "↑ " + replica.link().travellingDown() + "↓");
        digest.text(replica.digest().isEmpty() ? "–" : replica.digest().substring(0, 8));
        link.text(state.button()).attr("aria-label", state.button() + " of client " + replica.name());
        showRows();
    }

    private void showRows() {
        Board<?> board = replica.board(rig.sheet());
        if (board == null) {
            shown = null;
            rows.clear();
            list.only(List.of(El.of("li", "row", El.of("span", "row-name").text("loading…"))));
            return;
        }
        List<Row> wanted = board.rows();
        if (shown != board.sheet() || rows.size() != wanted.size()) {
            shown = board.sheet();
            rows.clear();
            List<El> elements = new ArrayList<>();
            for (Row row : wanted) {
                RowView view = new RowView(row, (key, action) -> rig.act(replica, key, action));
                rows.add(view);
                elements.add(view.element());
            }
            list.only(elements);
        }
        for (int i = 0; i < wanted.size(); i++) {
            rows.get(i).show(wanted.get(i));
        }
        draw(board.drawing());
    }

    private void draw(List<Shape> shapes) {
        String wanted = Shape.mark(shapes);
        if (wanted.equals(drawn)) {
            return;
        }
        drawn = wanted;
        List<El> parts = new ArrayList<>();
        for (Shape shape : shapes) {
            El part = El.svg(shape.element(), shape.css());
            for (int i = 0; i < shape.attributes().size(); i += 2) {
                part.attr(shape.attributes().get(i), shape.attributes().get(i + 1));
            }
            if (!shape.text().isEmpty()) {
                part.text(shape.text());
            }
            parts.add(part);
        }
        drawing.only(parts);
    }

    private static El pair(String name, El value) {
        return El.of("div", "", El.of("dt", "").text(name), value);
    }

    /** What is said of a link. */
    private record Link(String words, String button) {
        static Link of(Replica replica) {
            if (replica.link().isCut()) {
                return new Link("cut", "Restore link");
            }
            if (replica.reach() == Stamp.Reach.UNREACHED) {
                return new Link("server not reached, trying again", "Cut link");
            }
            return new Link(switch (replica.connection()) {
                case "connected" -> "up";
                case "connecting" -> "connecting";
                default -> "down, trying again";
            }, "Cut link");
        }
    }
}
