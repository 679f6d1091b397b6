package dev.thalweg;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The packages of the core depend on each other downwards only, and on nothing that the browser targets lack or do
 * differently.
 */
class CoreRulesTest {
    private static final String ROOT = "dev.thalweg.";

    /** What each package may use besides itself, by the first part of its name. */
    private static final Map<String, Set<String>> ARROWS = arrows();

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.thalweg");

    /** Packages and classes that TeaVM lacks, or that would tie the core to a platform or a clock. */
    private static final String[] BANNED_PACKAGES = {"java.util.concurrent..",
        "java.security..", "java.time..", "java.lang.reflect..", "java.lang.invoke", "java.net..", "java.nio.file..",
        "java.nio.channels..", "java.util.regex..", "java.util.logging..", "java.sql..", "javax.."};
    private static final Set<String> BANNED_CLASSES = Set.of("java.util.HexFormat", "java.util.StringJoiner",
            "java.util.Random", "java.util.SplittableRandom", "java.util.UUID", "java.util.Date", "java.util.Calendar",
            "java.util.Timer", "java.util.Scanner", "java.util.Formatter", "java.util.Locale", "java.util.TimeZone",
            "java.util.ServiceLoader", "java.lang.Thread", "java.lang.ThreadLocal", "java.lang.Runtime",
            "java.lang.Process", "java.lang.ProcessBuilder", "java.lang.System$Logger", "java.io.File",
            "java.io.FileInputStream", "java.io.FileOutputStream", "java.io.FileReader", "java.io.FileWriter",
            "java.io.RandomAccessFile");

    /** Methods that are banned although their class is not. */
    private static final Set<String> BANNED_METHODS = Set.of("java.lang.String.format", "java.lang.String.formatted",
            "java.lang.String.split", "java.lang.String.matches", "java.lang.String.replaceAll",
            "java.lang.String.replaceFirst", "java.lang.String.toLowerCase", "java.lang.String.toUpperCase",
            "java.lang.String.lines", "java.lang.Math.random", "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime", "java.lang.System.getLogger", "java.lang.System.exit",
            "java.lang.Double.toString", "java.lang.Float.toString", "java.lang.StringBuilder.reverse",
            "java.util.Collections.shuffle", "java.lang.Class.forName");

    /** The few top-level classes that may use one of those, each with its reason beside it. */
    private static final Map<String, Set<String>> EXCEPTIONS = Map.of();

    @TestFactory
    Stream<DynamicTest> packagesDependDownwardsOnly() {
        return ARROWS.entrySet().stream().map(arrow -> DynamicTest.dynamicTest(arrow.getKey(), () -> {
            List<String> allowed = new ArrayList<>();
            allowed.add(ROOT + arrow.getKey() + "..");
            arrow.getValue().forEach(name -> allowed.add(ROOT + name + ".."));
            ArchRule rule = noClasses().that().resideInAPackage(ROOT + arrow.getKey() + "..").should()
                    .dependOnClassesThat(resideInAnyPackage("dev.thalweg..")
                            .and(resideOutsideOfPackages(allowed.toArray(String[]::new))))
                    .allowEmptyShould(true);
            rule.check(CORE);
        }));
    }

    @Test
    void everyPackageHasItsPlace() {
        ArchRuleDefinition.classes().should()
                .resideInAnyPackage(ARROWS.keySet().stream().map(name -> ROOT + name + "..").toArray(String[]::new))
                .check(CORE);
    }

    @Test
    void structuresDoNotSeeEachOther() {
        SlicesRuleDefinition.slices().matching(ROOT + "dds.(*)..").should().notDependOnEachOther()
                .allowEmptyShould(true)
                .check(CORE);
    }

    @Test
    void coreStaysOffThePlatform() {
        noClasses().should()
                .dependOnClassesThat(resideInAnyPackage(BANNED_PACKAGES)
                        .or(describe("are absent or different in a browser",
                                type -> BANNED_CLASSES.contains(type.getName()))))
                .check(CORE);
    }

    @Test
    void coreCallsNothingThatDiffersInABrowser() {
        noClasses().should()
                .accessTargetWhere(describe("it is absent, different or costly in a browser",
                        access -> (BANNED_METHODS.contains(name(access)) || writesADouble(access))
                                && !isExcepted(access)))
                .check(CORE);
    }

    @Test
    void coreDependsOnNoLibrary() {
        noClasses().should()
                .dependOnClassesThat(resideOutsideOfPackages("dev.thalweg..", "java..", "org.jspecify.annotations"))
                .check(CORE);
    }

    private static String name(JavaAccess<?> access) {
        return access.getTarget().getOwner().getName() + "." + access.getTarget().getName();
    }

    /** Whether a double or float becomes text, whose last digits differ between the targets. */
    private static boolean writesADouble(JavaAccess<?> access) {
        if (!(access.getTarget() instanceof AccessTarget.CodeUnitCallTarget target)) {
            return false;
        }
        boolean writes = name(access).equals("java.lang.String.valueOf")
                || name(access).equals("java.lang.StringBuilder.append");
        return writes && target.getRawParameterTypes().stream()
                .anyMatch(type -> type.getName().equals("double") || type.getName().equals("float"));
    }

    private static boolean isExcepted(JavaAccess<?> access) {
        String origin = access.getOriginOwner().getName();
        int nested = origin.indexOf('$');
        return EXCEPTIONS.getOrDefault(nested < 0 ? origin : origin.substring(0, nested), Set.of())
                .contains(name(access));
    }

    private static Map<String, Set<String>> arrows() {
        Map<String, Set<String>> arrows = new LinkedHashMap<>();
        arrows.put("bytes", Set.of());
        arrows.put("json", Set.of("bytes"));
        arrows.put("platform", Set.of("bytes", "json"));
        Set<String> below = new LinkedHashSet<>(Set.of("bytes", "json", "platform"));
        for (String name : List.of("protocol", "sequencing", "storage", "wire", "driver", "dds", "container",
                "loopback")) {
            if (name.equals("dds")) {
                below.add("crdt");
            }
            if (name.equals("container")) {
                below.add("lz4");
            }
            arrows.put(name, Set.copyOf(below));
            below.add(name);
        }
        Set<String> containers = new LinkedHashSet<>(below);
        containers.remove("loopback");
        for (String name : List.of("schema", "presence", "undo")) {
            arrows.put(name, Set.copyOf(containers));
            containers.add("schema");
        }
        arrows.put("crdt", Set.of("bytes", "json"));
        arrows.put("lz4", Set.of("json"));
        below = new LinkedHashSet<>(Set.of("bytes", "json", "platform", "crdt"));
        for (String name : List.of("replication", "eventgraph", "ephemeral", "byzantine")) {
            arrows.put(name, Set.copyOf(below));
            below.add(name);
        }
        arrows.put("eventgraph", Set.of("bytes", "json", "lz4"));
        arrows.put("ephemeral", Set.of("json"));
        arrows.put("byzantine", Set.of("bytes", "json", "platform", "eventgraph"));
        arrows.put("sync", Set.of("bytes", "json", "platform", "replication", "eventgraph", "ephemeral"));
        arrows.put("topology", Set.of("json", "ephemeral"));
        arrows.put("localfirst", Set.of("json", "eventgraph", "ephemeral"));
        return arrows;
    }
}
