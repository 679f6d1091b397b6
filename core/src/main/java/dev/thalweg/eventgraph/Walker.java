package dev.thalweg.eventgraph;

import dev.thalweg.json.ProtocolException;
import java.util.Arrays;

/** Works out what new events do to the text, by eg-walker. */
final class Walker {
    /*
     * An event whose parents are the version of the text does to it what it says: most events of most documents, and all
     * of a document with one author at a time. Only where events happened concurrently is there anything to work out.
     *
     * For those, the part of the graph since the versions parted is walked in an order in which causes come before
     * effects (Plan), first what the text already has, then what is new. The tracker keeps every unit that was inserted
     * on the way and is moved between branches by retreating from events and advancing over them. At a critical version,
     * one that all further events have seen, the tracker is no longer needed: what there is becomes the text that was
     * there before, and up to the next fork events again do what they say.
     */
    private final EventGraph graph;
    private final OperationLog log;
    private final Tracker tracker;
    private final Plan plan;
    private final int[] current = new int[1];
    private static final Splices SILENT = new Splices(true);

    /** @param leafCapacity from 4 @param fan from 4; small ones are for tests */
    Walker(EventGraph graph, OperationLog log, int leafCapacity, int fan) {
        this.graph = graph;
        this.log = log;
        tracker = new Tracker(graph, log, leafCapacity, fan);
        plan = new Plan(graph);
    }

    /**
     * Takes a text from one version to everything that is in the graph.
     *
     * @param from     the version of the text
     * @param firstNew the first event that is not in it, all later ones are not either
     * @param length   of the text
     * @param out      gets the changes
     * @throws ProtocolException when an event acts on a position that its author cannot have had
     */
    void merge(int[] from, int firstNew, int length, Splices out) throws ProtocolException {
        int[] version = from;
        int event = firstNew;
        while (event < graph.size()) {
            int run = graph.runAt(event);
            boolean follows = event == graph.start(run) ? Arrays.equals(graph.parentsOfRun(run), version)
                    : version.length == 1 && version[0] == event - 1;
            if (!follows) {
                break;
            }
            copy(event, graph.end(run), length, out);
            event = graph.end(run);
            current[0] = event - 1;
            version = current;
        }
        if (event < graph.size()) {
            walk(version.clone(), graph.frontierHere(), length, out);
        }
    }

    /** Makes a version of the text, which is empty so far. @param out gets the changes */
    void checkout(int[] version, Splices out) throws ProtocolException {
        if (version.length > 0) {
            walk(new int[] {}, version, 0, out);
        }
    }

    private void walk(int[] from, int[] to, int length, Splices out) throws ProtocolException {
        plan.make(from, to);
        boolean tracking = false;
        boolean writing = false;
        int lengthBefore = -1;
        for (int node = plan.next(); node >= 0; node = plan.next()) {
            int start = plan.start(node);
            int end = plan.end(node);
            if (!writing && !plan.isKnown(node)) {
                writing = true;
                lengthBefore = length + out.growth() - (tracking ? tracker.growth() : 0);
            }
            boolean critical = plan.isCritical(node);
            tracking &= !critical;
            if (critical && plan.isAlone(node)) {
                if (writing) {
                    copy(start, end, length, out);
                }
            } else {
                if (!tracking) {
                    tracker.reset(plan.firstEvent());
                    tracking = true;
                    if (writing) {
                        lengthBefore = length + out.growth();
                    }
                } else {
                    tracker.moveTo(current, plan.version(node));
                }
                tracker.apply(start, end, writing ? lengthBefore : -1, writing ? out : SILENT);
                current[0] = end - 1;
            }
            plan.visited(node);
        }
    }

    /* What events do when they happened to the text as it is. */
    private void copy(int from, int to, int length, Splices out) throws ProtocolException {
        int run = log.find(from);
        int event = from;
        while (event < to) {
            int start = log.lv(run);
            int end = Math.min(to, start + log.length(run));
            int position = log.position(run, event - start, end - start);
            int count = end - event;
            if (log.kind(run) == OperationLog.MARK) {
                event = end;
                run++;
                continue;
            }
            boolean inserts = log.kind(run) == OperationLog.INSERT;
            Tracker.requireInside(graph, event, position, inserts ? 0 : count, length + out.growth());
            if (inserts) {
                out.insert(position, log.content(run) + event - start, count);
            } else {
                out.delete(position, count);
            }
            event = end;
            run++;
        }
    }

    /** Fails when something inside does not fit together. For tests. */
    void check() {
        tracker.check();
    }
}
