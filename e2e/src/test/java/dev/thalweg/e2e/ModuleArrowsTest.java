package dev.thalweg.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The arrows between the modules, as docs and build promise them, read off the compiled classes. */
class ModuleArrowsTest {
    private static final Path ROOT = Path.of(System.getProperty("thalweg.root"));

    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("core", Set.of()),
            Map.entry("testkit", Set.of("core")),
            Map.entry("shrink", Set.of()),
            Map.entry("web", Set.of("core")),
            Map.entry("jvm", Set.of("core")),
            Map.entry("journals", Set.of("core", "jvm")),
            Map.entry("cluster", Set.of("core")),
            Map.entry("server", Set.of("core")),
            Map.entry("server-stub", Set.of("core", "server", "jvm")),
            Map.entry("samples", Set.of("core", "jvm")),
            Map.entry("samples/notes", Set.of("core", "web")),
            Map.entry("bench", Set.of("core", "testkit", "jvm", "journals", "server", "server-stub")));

    private static final JavaClasses CLASSES = new ClassFileImporter().importPaths(ARROWS.keySet().stream()
            .map(module -> ROOT.resolve(module).resolve("target/classes")).filter(Files::isDirectory)
            .collect(Collectors.toList()));

    @Test
    void everyModuleIsSeen() {
        Set<String> seen = CLASSES.stream().flatMap(type -> module(type).stream()).collect(Collectors.toSet());
        assertThat(seen).containsAll(ARROWS.keySet());
    }

    @Test
    void modulesDependOnEachOtherAlongTheArrows() {
        classes().should(new ArchCondition<JavaClass>("depend along the arrows between the modules") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String origin = module(type).orElseThrow();
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    Optional<String> target = module(dependency.getTargetClass().getBaseComponentType());
                    if (target.isPresent() && !target.get().equals(origin) && !isAllowed(type, origin, target.get())) {
                        events.add(SimpleConditionEvent.violated(type,
                                origin + " may not depend on " + target.get() + ": " + dependency.getDescription()));
                    }
                }
            }
        }).check(CLASSES);
    }

    private static boolean isAllowed(JavaClass type, String origin, String target) {
        // Two programs of web run what the testkit has; no page does.
        boolean programs = target.equals("testkit") && (type.getPackageName().equals("dev.thalweg.web.conformance")
                || type.getPackageName().equals("dev.thalweg.web.bench"));
        return programs || ARROWS.get(origin).contains(target);
    }

    private static Optional<String> module(JavaClass type) {
        return type.getSource().filter(source -> source.getUri().getScheme().equals("file"))
                .map(source -> Path.of(source.getUri())).filter(path -> path.startsWith(ROOT))
                .map(path -> ROOT.relativize(path).toString()).map(path -> path.substring(0, path.indexOf("/target/")));
    }
}
