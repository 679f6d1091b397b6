package dev.thalweg.driver;

import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Http;
import dev.thalweg.platform.Ids;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Platform;
import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.TextSocket;
import dev.thalweg.platform.Timers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** A machine on which nothing happens by itself: the test moves the clock, answers requests and speaks for sockets. */
final class ManualMachine implements Timers, Ids, TextSocket.Factory, Http {
    final List<Exchange> requests = new ArrayList<>();
    final List<Line> lines = new ArrayList<>();
    private final List<Alarm> alarms = new ArrayList<>();
    private double now = 1_000_000;
    private int mostOpen;

    Platform platform() {
        return new Platform(this, this, this, this);
    }

    /** Lets time pass, ringing what is due in order. */
    void pass(double millis) {
        double end = now + millis;
        while (true) {
            Alarm next = alarms.stream().filter(alarm -> alarm.at <= end).min(Comparator.comparingDouble(it -> it.at))
                    .orElse(null);
            if (next == null) {
                now = end;
                return;
            }
            alarms.remove(next);
            now = Math.max(now, next.at);
            next.task.run();
        }
    }

    /** The requests that have no answer yet. */
    Deque<Exchange> open() {
        Deque<Exchange> open = new ArrayDeque<>();
        requests.stream().filter(exchange -> !exchange.answered).forEach(open::add);
        return open;
    }

    /** How many requests were open at once at most. */
    int mostOpen() {
        return mostOpen;
    }

    int alarms() {
        return alarms.size();
    }

    @Override
    public double now() {
        return now;
    }

    @Override
    public Subscription schedule(double delayMillis, Runnable task) {
        Alarm alarm = new Alarm(now + delayMillis, task);
        alarms.add(alarm);
        return () -> alarms.remove(alarm);
    }

    @Override
    public String uuid() {
        return "00000000-0000-4000-8000-000000000000";
    }

    @Override
    public double fraction() {
        return 0.5;
    }

    @Override
    public void send(Request request, Outcome<Response> outcome) {
        requests.add(new Exchange(request, outcome));
        mostOpen = Math.max(mostOpen, open().size());
    }

    @Override
    public TextSocket open(String url, TextSocket.Listener listener) {
        Line line = new Line(url, listener);
        lines.add(line);
        return line;
    }

    private record Alarm(double at, Runnable task) {}

    /** A request and the place for its answer. */
    static final class Exchange {
        final Request request;
        private final Outcome<Response> outcome;
        private boolean answered;

        Exchange(Request request, Outcome<Response> outcome) {
            this.request = request;
            this.outcome = outcome;
        }

        void answer(int status, String body) {
            answer(status, body, 0);
        }

        void answer(int status, String body, double retryAfterSeconds) {
            answered = true;
            outcome.succeeded(new Response(status, body, retryAfterSeconds));
        }

        void lose() {
            answered = true;
            outcome.failed(Failure.passing(0, "the wire is cut"));
        }
    }

    /** A socket, seen from the other end. */
    static final class Line implements TextSocket {
        final String url;
        final TextSocket.Listener listener;
        final List<String> sent = new ArrayList<>();
        boolean closed;

        Line(String url, TextSocket.Listener listener) {
            this.url = url;
            this.listener = listener;
        }

        @Override
        public void send(String text) {
            if (!closed) {
                sent.add(text);
            }
        }

        @Override
        public int buffered() {
            return 0;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
