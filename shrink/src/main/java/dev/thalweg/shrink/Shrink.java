package dev.thalweg.shrink;

import com.google.javascript.jscomp.CheckLevel;
import com.google.javascript.jscomp.CompilationLevel;
import com.google.javascript.jscomp.Compiler;
import com.google.javascript.jscomp.CompilerOptions;
import com.google.javascript.jscomp.CompilerOptions.LanguageMode;
import com.google.javascript.jscomp.CompilerOptions.Reach;
import com.google.javascript.jscomp.CustomPassExecutionTime;
import com.google.javascript.jscomp.DiagnosticGroups;
import com.google.javascript.jscomp.PropertyRenamingPolicy;
import com.google.javascript.jscomp.Result;
import com.google.javascript.jscomp.SourceFile;
import com.google.javascript.jscomp.SourceMap;
import com.google.javascript.jscomp.VariableRenamingPolicy;
import com.google.javascript.jscomp.WarningLevel;
import com.google.javascript.rhino.Node;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes a program smaller that TeaVM has compiled to an ES module without minifying it: {@code Shrink FILE…} writes each
 * in place, and its source map when there is one.
 */
/*
 * TeaVM's own minifier only shortens names. This step first rewrites what is peculiar to TeaVM's output (MemberNames,
 * ClassRows, Constructors, StringSwitches, Concatenations, Failures, Declarations), and then lets the Closure Compiler do what it does for any script: shorten variables, fold
 * and inline. Closure may not rename properties, because it cannot tell Java's from the browser's.
 */
public final class Shrink {
    private static final String EXPORTS = "export {";
    private static final String KEEP = "$$export";

    private Shrink() {}

    public static void main(String[] files) throws IOException {
        for (String file : files) {
            shrink(Path.of(file));
        }
    }

    private static void shrink(Path file) throws IOException {
        Path map = file.resolveSibling(file.getFileName() + ".map");
        Compiler compiler = new Compiler(System.err);
        String program = compile(compiler, file.toString(), Files.readString(file));
        if (Files.exists(map)) {
            StringBuilder out = new StringBuilder();
            compiler.getSourceMap().appendTo(out, file.getFileName().toString());
            // TeaVM names its sources from the folder that it copies them to.
            Files.writeString(map,
                    out.toString().replaceFirst("\"version\":3,", "\"version\":3,\"sourceRoot\":\"src/\","));
            program += "\n//# sourceMappingURL=" + map.getFileName() + "\n";
        }
        Files.writeString(file, program);
    }

    /** A whole program. @param text an ES module as TeaVM writes it @return the same program, smaller */
    static String shrink(String text) {
        return compile(new Compiler(System.err), "program.js", text);
    }

    private static String compile(Compiler compiler, String name, String text) {
        int exports = text.lastIndexOf(EXPORTS);
        int end = text.indexOf('}', exports);
        if (exports < 0 || end < 0) {
            throw new IllegalArgumentException(name + " exports nothing");
        }
        List<String> inside = new ArrayList<>();
        List<String> outside = new ArrayList<>();
        for (String export : text.substring(exports + EXPORTS.length(), end).split(",", -1)) {
            String[] names = export.trim().split(" as ", -1);
            inside.add(names[0]);
            outside.add(names[names.length - 1]);
        }
        // Closure would take an export for a reason to rename; a call with the values is one to keep them.
        String script = text.substring(0, exports) + resource("classes.js") + KEEP + "([" + String.join(",", inside)
                + "]);\n" + text.substring(end + 1).replaceFirst("^;", "");
        Result result = compiler.compile(
                List.of(SourceFile.fromCode("externs.js", resource("externs.js"))),
                List.of(SourceFile.fromCode(name, script)), options());
        if (!result.success) {
            throw new IllegalArgumentException(name + " cannot be read: " + result.errors);
        }
        return exported(compiler.toSource(), outside);
    }

    private static CompilerOptions options() {
        CompilerOptions options = new CompilerOptions();
        CompilationLevel.SIMPLE_OPTIMIZATIONS.setOptionsForCompilationLevel(options);
        WarningLevel.QUIET.setOptionsForWarningLevel(options);
        options.setWarningLevel(DiagnosticGroups.CHECK_VARIABLES, CheckLevel.OFF);
        options.setLanguageIn(LanguageMode.ECMASCRIPT_NEXT);
        options.setLanguageOut(LanguageMode.ECMASCRIPT_2021);
        options.setEmitUseStrict(false);
        options.setRenamingPolicy(VariableRenamingPolicy.ALL, PropertyRenamingPolicy.OFF);
        options.setRemoveUnusedVariables(Reach.ALL);
        options.setInlineVariables(Reach.ALL);
        options.setComputeFunctionSideEffects(true);
        options.setOptimizeCalls(true);
        options.setLineLengthThreshold(Integer.MAX_VALUE);
        options.setSourceMapOutputPath("map");
        options.setSourceMapFormat(SourceMap.Format.V3);
        options.setResolveSourceMapAnnotations(true);
        options.setApplyInputSourceMaps(true);
        options.addCustomPass(CustomPassExecutionTime.BEFORE_CHECKS, (externs, root) -> rewrite(root));
        return options;
    }

    private static void rewrite(Node program) {
        StringSwitches.rewrite(program);
        Concatenations.rewrite(program);
        Failures.rewrite(program);
        ClassTable classes = ClassTable.of(program);
        Map<String, List<String>> methods = MemberNames.methods(classes);
        ClassRows.rewrite(program, classes);
        Constructors.rewrite(classes);
        MemberNames.rename(program, classes, methods);
        Declarations.rewrite(program);
    }

    private static String exported(String script, List<String> names) {
        int call = script.lastIndexOf(KEEP + "([");
        int end = script.lastIndexOf("])");
        List<String> variables = new ArrayList<>();
        List<String> exports = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            variables.add("export$" + i);
            exports.add("export$" + i + " as " + names.get(i));
        }
        return script.substring(0, call) + "const[" + String.join(",", variables) + "]="
                + script.substring(call + KEEP.length() + 1, end + 1) + ";export{" + String.join(",", exports) + "};";
    }

    private static String resource(String name) {
        try (InputStream in = Shrink.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the build lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(name + " cannot be read", e);
        }
    }
}
