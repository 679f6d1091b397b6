package dev.thalweg.bench.size;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A program for the browser with all files that it needs to run.
 *
 * @param name   what it is
 * @param target {@code JavaScript} or {@code WebAssembly GC}
 * @param files  below the web module's {@code target}
 * @param limit  bytes in gzip that it must not exceed, 0 for none
 */
record Bundle(String name, String target, List<String> files, int limit) {
    private static final String RUNTIME = "site/app/thalweg.wasm-runtime.js";

    /** What is weighed. */
    static final List<Bundle> ALL = List.of(
            new Bundle("demo page", "JavaScript", List.of("site/app/thalweg.js"), 150_000),
            new Bundle("demo page", "WebAssembly GC", List.of("site/app/thalweg.wasm", RUNTIME), 0),
            new Bundle("ES module, all structures", "JavaScript", List.of("module/thalweg.js"), 145_000),
            new Bundle("core with five structures", "JavaScript", List.of("size/five.js"), 73_000),
            new Bundle("core with five structures", "WebAssembly GC", List.of("size/five.wasm", RUNTIME), 0),
            new Bundle("core with SharedMap alone", "JavaScript", List.of("size/map.js"), 60_000),
            new Bundle("core with SharedMap alone", "WebAssembly GC", List.of("size/map.wasm", RUNTIME), 0));

    Bundle {
        files = List.copyOf(files);
    }

    /**
     * Bytes.
     *
     * @param raw    as it lies on the disk
     * @param gzip   at its best level, each file by itself
     * @param brotli at its best level, each file by itself
     */
    record Weight(Bundle bundle, int raw, int gzip, int brotli) {
        /** Whether it is within its limit. */
        boolean holds() {
            return bundle.limit == 0 || gzip <= bundle.limit;
        }
    }

    /** Weighs it. @param target the web module's folder of that name */
    Weight weigh(Path target) throws IOException {
        int raw = 0;
        int gzip = 0;
        int brotli = 0;
        for (String file : files) {
            byte[] bytes = Files.readAllBytes(target.resolve(file));
            raw += bytes.length;
            gzip += gzip(bytes);
            brotli += brotli(bytes);
        }
        return new Weight(this, raw, gzip, brotli);
    }

    private static int gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new BestGzip(out)) {
            gzip.write(bytes);
        }
        return out.size();
    }

    private static int brotli(byte[] bytes) throws IOException {
        Brotli4jLoader.ensureAvailability();
        return Encoder.compress(bytes, new Encoder.Parameters().setQuality(11)).length;
    }

    private static final class BestGzip extends GZIPOutputStream {
        BestGzip(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
