package dev.thalweg.server.http;

/** Lets so much through per second, and some more at once after a pause. Times are milliseconds. */
final class TokenBucket {
    private final double perMilli;
    private final double burst;
    private double tokens;
    private double at;

    /**
     * @param perSecond how many on average
     * @param burst     how many at once at most
     * @param now       the time, from any fixed point
     */
    TokenBucket(int perSecond, int burst, double now) {
        this.perMilli = perSecond / 1000.0;
        this.burst = burst;
        this.tokens = burst;
        this.at = now;
    }

    /** Takes so many when they are there; more than the burst can never be had. */
    boolean take(int count, double now) {
        tokens = Math.min(burst, tokens + (now - at) * perMilli);
        at = now;
        if (tokens < count) {
            return false;
        }
        tokens -= count;
        return true;
    }

    /** In how many whole seconds so many will be there, at least 1. */
    double retryAfterSeconds(int count) {
        return Math.max(1, Math.ceil((Math.min(count, burst) - tokens) / perMilli / 1000));
    }
}
