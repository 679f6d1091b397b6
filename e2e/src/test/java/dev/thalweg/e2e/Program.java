package dev.thalweg.e2e;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;

/** A program that was compiled for the browser, as its exports can be called from a page. */
record Program(Page page, String path, String target) implements AutoCloseable {
    /** Calls an exported function once with each of the arguments, in order. @return what it gave */
    List<?> call(String function, List<String> arguments) {
        return (List<?>) page.evaluate("""
                async ({ path, target, name, all }) => {
                  const load = async () => {
                    if (target === "js") return import(path + ".js");
                    const runtime = await import(path + ".wasm-runtime.js");
                    return (await runtime.load(path + ".wasm")).exports;
                  };
                  const exports = await load();
                  return all.map(argument => exports[name](argument));
                }""", Map.of("path", path, "target", target, "name", function, "all", arguments));
    }

    @Override
    public void close() {
        page.context().close();
    }
}
