package dev.thalweg.web.local.field;

import dev.thalweg.ephemeral.EphemeralState;
import java.util.ArrayList;
import java.util.List;

/** What is on its way between a boat of the page and the tab, in both directions. Times are milliseconds. */
final class Line {
    /** When messages arrive. */
    enum Delay {
        NONE(0), SLOW(1_500), HELD(Double.POSITIVE_INFINITY);

        private final double millis;

        Delay(double millis) {
            this.millis = millis;
        }
    }

    private static final int MOST = 40;

    private final List<Message> flying = new ArrayList<>();
    private Delay delay = Delay.NONE;
    private boolean cut;
    private boolean twice;
    private int lost;

    /** @param toTab or else to the boat */
    record Message(boolean toTab, EphemeralState state, double due) {}

    void delay(Delay to) {
        delay = to;
    }

    void twice(boolean on) {
        twice = on;
    }

    void cut(boolean on) {
        cut = on;
    }

    boolean isCut() {
        return cut;
    }

    /** How many messages came to a cut line, or were held back when there were too many. */
    int lost() {
        return lost;
    }

    /** How many are on their way to the tab. */
    int toTab() {
        int count = 0;
        for (Message message : flying) {
            count += message.toTab() ? 1 : 0;
        }
        return count;
    }

    /** Whether what the boat sent last has a leave mark. */
    boolean endsInMark() {
        boolean mark = false;
        for (Message message : flying) {
            if (message.toTab()) {
                mark = !message.state().left().isEmpty();
            }
        }
        return mark;
    }

    void send(boolean toTab, EphemeralState state, double now) {
        for (int copies = twice ? 2 : 1; copies > 0; copies--) {
            flying.add(new Message(toTab, state, now + delay.millis));
        }
        while (flying.size() > MOST) {
            flying.remove(0);
            lost++;
        }
    }

    /** Takes out what has arrived by now; over a cut line nothing does. */
    List<Message> arrived(double now) {
        List<Message> arrived = new ArrayList<>();
        for (int i = 0; i < flying.size(); i++) {
            if (flying.get(i).due() <= now) {
                arrived.add(flying.remove(i));
                i--;
            }
        }
        return landed(arrived);
    }

    /** Takes out everything, the oldest first. */
    List<Message> all() {
        List<Message> arrived = new ArrayList<>(flying);
        flying.clear();
        return landed(arrived);
    }

    /** Takes out what the boat sent last. */
    List<Message> newest() {
        List<Message> arrived = new ArrayList<>();
        for (int i = flying.size() - 1; i >= 0 && arrived.isEmpty(); i--) {
            if (flying.get(i).toTab()) {
                arrived.add(flying.remove(i));
            }
        }
        return landed(arrived);
    }

    private List<Message> landed(List<Message> arrived) {
        if (cut) {
            lost += arrived.size();
            arrived.clear();
        }
        return arrived;
    }
}
