package dev.thalweg.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenBucketTest {
    @Test
    void letsABurstThroughAndThenTheRate() {
        TokenBucket bucket = new TokenBucket(10, 20, 1000);
        assertThat(bucket.take(20, 1000)).isTrue();
        assertThat(bucket.take(1, 1000)).isFalse();
        assertThat(bucket.take(1, 1099)).isFalse();
        assertThat(bucket.take(1, 1100)).isTrue();
        assertThat(bucket.take(10, 2000)).isFalse();
        assertThat(bucket.take(9, 2000)).isTrue();
    }

    @Test
    void neverHoldsMoreThanTheBurst() {
        TokenBucket bucket = new TokenBucket(10, 20, 0);
        assertThat(bucket.take(21, 1e9)).isFalse();
        assertThat(bucket.take(20, 1e9)).isTrue();
        assertThat(bucket.take(1, 1e9)).isFalse();
    }

    @Test
    void saysInHowManyWholeSecondsThereWillBeEnough() {
        TokenBucket bucket = new TokenBucket(10, 100, 0);
        bucket.take(100, 0);
        assertThat(bucket.retryAfterSeconds(1)).isEqualTo(1);
        assertThat(bucket.retryAfterSeconds(15)).isEqualTo(2);
        assertThat(bucket.retryAfterSeconds(1000)).isEqualTo(10);
    }
}
