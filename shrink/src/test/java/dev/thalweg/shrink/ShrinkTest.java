package dev.thalweg.shrink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** On small programs in TeaVM's form. That whole programs still do what they did, the browser tests of e2e show. */
class ShrinkTest {
    private static final String RUNTIME = """
            "use strict";
            let $rt_meta = Symbol("meta"),
            $rt_packageData = ["java.lang."],
            $rt_newClassMetadata = () => { return { name : null, modifiers : 0 }; },
            $rt_wrapFunction0 = f => function() { return f(this); },
            $rt_metadata = data => {
                let m = {  };
                m.simpleName = data[0];
                console.log(m.simpleName);
            };
            function jl_Object() {
                this.$id$ = 0;
            }
            """;

    /** Some of Java's texts and builders, as TeaVM compiles them. */
    private static final String TEXTS = RUNTIME + """
            function jl_String() {
                jl_Object.call(this);
                this.$nativeString = null;
            }
            function jl_StringBuilder() {
                jl_Object.call(this);
                this.$buffer = "";
            }
            $rt_metadata([jl_Object, "Object", 0, 0, [], 1, 0, 0, 0, jl_String, 0, jl_Object, [], 1, 0, 0, 0,
            jl_StringBuilder, 0, jl_Object, [], 1, 0, 0, 0]);
            let $rt_pool = ["", "one", "two"].map($rt_str),
            $rt_s = index => $rt_pool[index],
            $rt_str = text => { let java = new jl_String(); java.$nativeString = text; return java; },
            jl_String_hashCode = $this => $this.$nativeString.length,
            jl_String_equals = ($this, $other) => $this.$nativeString === $other.$nativeString,
            jl_StringBuilder__init_ = () => new jl_StringBuilder(),
            jl_AbstractStringBuilder_append = ($this, $value, $radix) => {
                $this.$buffer += $value.toString($radix);
            },
            jl_StringBuilder_append = ($this, $value) => { jl_AbstractStringBuilder_append($this, $value, 10); return $this; },
            jl_StringBuilder_append1 = ($this, $c) => { $this.$buffer += String.fromCharCode($c); return $this; },
            jl_StringBuilder_append2 = ($this, $string) => { $this.$buffer += $string.$nativeString; return $this; },
            jl_StringBuilder_toString = $this => $rt_str($this.$buffer);
            """;

    @Test
    void classesApartShareNamesAndAClassWithItsParentDoesNot() {
        String small = Shrink.shrink(RUNTIME + """
                function a_River() {
                    jl_Object.call(this);
                    this.$depth = 0;
                }
                function a_Delta() {
                    let a = this; a_River.call(a);
                    a.$arms = 0;
                    a.$silt = 0;
                }
                function b_Lake() {
                    jl_Object.call(this);
                    this.$shore = 0;
                }
                let a_River_flow = $this => { return $this.$depth; };
                $rt_metadata([jl_Object, "Object", 0, 0, [], 1, 0, 0, 0,
                a_River, 0, jl_Object, [], 1, 0, 0, ["$flow", $rt_wrapFunction0(a_River_flow)],
                a_Delta, 0, a_River, [], 1, 0, 0, 0,
                b_Lake, 0, jl_Object, [], 1, 0, 0, 0]);
                let main = () => {
                    let delta = new a_Delta(), lake = new b_Lake();
                    delta.$depth = 7; delta.$arms = 8; delta.$silt = 9; lake.$shore = 5;
                    console.log(delta.$flow(), delta.$arms, delta.$silt, lake.$shore);
                };
                export { main as start };
                """);

        String depth = member(small, "\\.(\\w+)=7");
        String arms = member(small, "\\.(\\w+)=8");
        String silt = member(small, "\\.(\\w+)=9");
        String shore = member(small, "\\.(\\w+)=5");
        String flow = member(small, "\\.(\\w+)\\(\\)");
        assertThat(new String[] {depth, arms, silt, flow}).doesNotHaveDuplicates();
        assertThat(new String[] {depth, arms, silt}).contains(shore);
        assertThat(small).contains("as start").doesNotContain("simpleName").doesNotContain("\"use strict\"");
    }

    @Test
    void theBrowsersNamesStayAndAreNotGivenToJavas() {
        String small = Shrink.shrink(RUNTIME + """
                function a_Point() {
                    jl_Object.call(this);
                    this.$first = 0;
                    this.$second = 0;
                }
                $rt_metadata([jl_Object, "Object", 0, 0, [], 1, 0, 0, 0, a_Point, 0, jl_Object, [], 1, 0, 0, 0]);
                let main = event => {
                    let point = new a_Point();
                    point.$first = event.a;
                    point.$second = event.b;
                    event.tell(point);
                };
                export { main };
                """);

        assertThat(small).contains(".a;").contains(".tell(");
        assertThat(member(small, "\\.(\\w+)=\\w+\\.a\\b")).isNotIn("a", "b");
    }

    @Test
    void aProgramInAnotherFormIsRefused() {
        assertThatThrownBy(() -> Shrink.shrink("let a = 1; export { a };"))
                .hasMessage(
                        "not a program that TeaVM compiled without minifying it: it has no jl_Object among "
                                + "its 0 classes");
        assertThatThrownBy(() -> Shrink.shrink("let a = 1;")).hasMessageContaining("exports nothing");
    }

    @Test
    void aProgramThatAsksForWhatIsLeftOutIsRefused() {
        assertThatThrownBy(() -> Shrink.shrink(RUNTIME + """
                $rt_metadata([jl_Object, "Object", 0, 0, [], 1, 0, 0, 0]);
                let main = () => { console.log(jl_Object[$rt_meta].simpleName); };
                export { main };
                """)).hasMessage("the program asks for a class's simpleName, which is left out");
    }

    @Test
    void aStringIsLookedUpInAListInsteadOfByItsHash() {
        String small = Shrink.shrink(TEXTS + """
                let main = $text => {
                    let var$1;
                    a: {
                        var$1 = (-1);
                        switch (jl_String_hashCode($text)) {
                            case -1335458389:
                                if (!jl_String_equals($text, $rt_s(2)))
                                    break a;
                                var$1 = 1;
                                break a;
                            case 113762:
                                if (!jl_String_equals($text, $rt_s(1)))
                                    break a;
                                var$1 = 0;
                                break a;
                            default:
                        }
                    }
                    console.log(var$1);
                };
                export { main };
                """);
        assertThat(small).doesNotContain("1335458389").contains(".findIndex(").contains("1,2");
    }

    @Test
    void aSwitchWhoseHashStandsForTwoStringsStays() {
        String small = Shrink.shrink(TEXTS + """
                let main = $text => {
                    let var$1;
                    a: {
                        var$1 = (-1);
                        switch (jl_String_hashCode($text)) {
                            case 2112:
                                if (jl_String_equals($text, $rt_s(2))) {
                                    var$1 = 1;
                                    break a;
                                }
                                if (!jl_String_equals($text, $rt_s(1)))
                                    break a;
                                var$1 = 0;
                                break a;
                            default:
                        }
                    }
                    console.log(var$1);
                };
                export { main };
                """);
        assertThat(small).contains("2112").doesNotContain(".findIndex(");
    }

    @Test
    void textsAreJoinedWithoutABuilder() {
        String small = Shrink.shrink(TEXTS + """
                let main = ($text, $count) => {
                    let var$1;
                    var$1 = jl_StringBuilder__init_();
                    jl_StringBuilder_append1(jl_StringBuilder_append(jl_StringBuilder_append2(var$1, $text), $count), 47);
                    console.log(jl_StringBuilder_toString(var$1));
                };
                export { main };
                """);
        assertThat(small).containsPattern("=\\w+\\(\\w+,\\w+,\"/\"\\)").doesNotContain("fromCharCode");
    }

    @Test
    void aBuilderThatIsAppendedToInALoopStays() {
        String small = Shrink.shrink(TEXTS + """
                let main = ($text, $count) => {
                    let var$1;
                    var$1 = jl_StringBuilder__init_();
                    jl_StringBuilder_append2(var$1, $text);
                    while ($count-- > 0) {
                        jl_StringBuilder_append1(var$1, 47);
                    }
                    console.log(jl_StringBuilder_toString(var$1));
                };
                export { main };
                """);
        assertThat(small).contains("new ").doesNotContain(".join(");
    }

    @Test
    void whatIsThrownInManyPlacesIsMadeInOne() {
        String places = "";
        for (int i = 0; i < 3; i++) {
            places += """
                    if ($number === %1$d) {
                        var$1 = new a_Refusal;
                        var$2 = "no %1$d";
                        a_Refusal__init_(var$1, var$2);
                        $rt_throw(var$1);
                    }
                    """.formatted(i);
        }
        String small = Shrink.shrink(RUNTIME + """
                function a_Refusal() {
                    jl_Object.call(this);
                    this.$message = null;
                }
                let $rt_throw = failure => { throw failure; },
                a_Refusal__init_ = ($this, $message) => { $this.$message = $message; };
                $rt_metadata([jl_Object, "Object", 0, 0, [], 1, 0, 0, 0, a_Refusal, 0, jl_Object, [], 1, 0, 0, 0]);
                let main = $number => {
                    let var$1, var$2;
                """ + places + "};\nexport { main };");
        assertThat(small.split("new ", -1)).as(small).hasSize(2);
        assertThat(small).containsPattern("\\w+\\(\"no 2\"\\)");
    }

    private static String member(String program, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(program);
        assertThat(matcher.find()).as("%s in %s", pattern, program).isTrue();
        return matcher.group(1);
    }
}
