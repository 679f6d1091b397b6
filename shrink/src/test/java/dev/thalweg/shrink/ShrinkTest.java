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

    private static String member(String program, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(program);
        assertThat(matcher.find()).as("%s in %s", pattern, program).isTrue();
        return matcher.group(1);
    }
}
