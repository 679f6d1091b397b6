package dev.thalweg.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * The target on which a long test of a page is run. What such pages are made of is held alike on all targets by
 * {@link ConformanceIT}, so a build takes one, and {@code -Pdeep} both.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ArgumentsSource(Mostly.Targets.class)
@interface Mostly {
    /** The one: {@code wasm-gc} or {@code js}. */
    String value();

    /** Gives the test its targets. */
    final class Targets implements ArgumentsProvider {
        @Override
        public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters,
                ExtensionContext context) {
            return "all".equals(System.getProperty("thalweg.targets"))
                    ? Stream.of(Arguments.of("wasm-gc"), Arguments.of("js"))
                    : Stream.of(Arguments.of(context.getRequiredTestMethod().getAnnotation(Mostly.class).value()));
        }
    }
}
