package dev.thalweg.web.local.editor;

import dev.thalweg.eventgraph.EventGraph;
import dev.thalweg.eventgraph.EventId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The latest part of an event graph as strands: events of one agent, each the only parent of the next.
 *
 * @param strands in the order in which they came here
 * @param agents  whose they are, in the order of their names
 * @param first   the first event that is in a strand
 */
record Strands(List<Strand> strands, List<String> agents, int first) {
    /** Copies the lists. */
    Strands {
        strands = List.copyOf(strands);
        agents = List.copyOf(agents);
    }

    /**
     * One of them.
     *
     * @param sequence the agent's number of its first event
     * @param from     the first event, as the graph counts
     * @param end      behind the last
     * @param parents  what its author had seen before the first
     */
    record Strand(String agent, int sequence, int from, int end, List<Integer> parents) {
        /** Copies the list. */
        Strand {
            parents = List.copyOf(parents);
        }
    }

    /** The latest ones. @param most how many. @param mostEvents how many events they have at most in all */
    static Strands of(EventGraph graph, int most, int mostEvents) {
        List<Strand> found = new ArrayList<>();
        List<String> agents = new ArrayList<>();
        int end = graph.size();
        int stop = Math.max(0, graph.size() - mostEvents);
        while (end > stop && found.size() < most) {
            int from = end - 1;
            EventId last = graph.id(from);
            int[] parents = graph.parents(from);
            while (from > stop && parents.length == 1 && parents[0] == from - 1
                    && graph.id(from - 1).agent().equals(last.agent())) {
                from--;
                parents = graph.parents(from);
            }
            List<Integer> seen = new ArrayList<>();
            for (int parent : parents) {
                seen.add(parent);
            }
            found.add(new Strand(last.agent(), graph.id(from).sequence(), from, end, seen));
            if (Collections.binarySearch(agents, last.agent()) < 0) {
                agents.add(last.agent());
                agents.sort(null);
            }
            end = from;
        }
        Collections.reverse(found);
        return new Strands(found, agents, end);
    }

    /** Which strand an event is in, or -1 when it is older. */
    int of(int event) {
        for (int i = strands.size() - 1; i >= 0; i--) {
            if (strands.get(i).from() <= event) {
                return event < strands.get(i).end() ? i : -1;
            }
        }
        return -1;
    }
}
