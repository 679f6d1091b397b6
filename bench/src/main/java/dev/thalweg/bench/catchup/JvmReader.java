package dev.thalweg.bench.catchup;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.json.JsonObject;
import dev.thalweg.jvm.InsecureTokenProvider;
import dev.thalweg.jvm.ThalwegClient;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Reads a document in a process of its own: {@code URL DOCUMENT SEQUENCE_NUMBER KEYS}. */
final class JvmReader {
    static final String MAP = "map";
    static final ContainerSchema SCHEMA = ContainerSchema.builder().object(MAP, SharedMap.TYPE).build();

    private JvmReader() {}

    /** Says in JSON how long it took. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int wanted = Integer.parseInt(arguments[2]);
        try (ThalwegClient client = client(arguments[0])) {
            long start = System.nanoTime();
            Container container = client.getContainer(arguments[1], SCHEMA).join();
            while (client.call(container::sequenceNumber).join() < wanted) {
                TimeUnit.MILLISECONDS.sleep(2);
            }
            double millis = (System.nanoTime() - start) / 1e6;
            int keys = client.call(() -> container.object(MAP, SharedMap.TYPE).size()).join();
            if (keys != Integer.parseInt(arguments[3])) {
                throw new IllegalStateException(keys + " keys");
            }
            System.out.println(JsonObject.builder().put("millis", millis)
                    .put("kilobytes", Reading.peakKilobytes("self")).build().toJson());
        }
    }

    static ThalwegClient client(String url) {
        return ThalwegClient.at(url, "tinylicious",
                new InsecureTokenProvider(InsecureTokenProvider.DEVELOPMENT_KEY, "bench"),
                ChannelTypes.of(SharedMap.TYPE));
    }
}
