package dev.thalweg.web.dom;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/**
 * An element of the page. Remembers what it was last given, so that a view may say everything again after each change
 * and only what differs reaches the page. Text is always text: nothing here reads markup.
 */
public final class El {
    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final String OFF = "aria-disabled";

    private final JSObject node;
    private final Map<String, String> attributes = new HashMap<>();
    private @Nullable String text;

    private El(JSObject node) {
        this.node = node;
    }

    /** An element that is there already. */
    public static El existing(JSObject node) {
        return new El(node);
    }

    /** A new element. @param css its classes, empty for none */
    public static El of(String tag, String css, El... children) {
        El made = new El(create(tag));
        if (!css.isEmpty()) {
            made.attr("class", css);
        }
        return made.add(children);
    }

    /** A new element of a drawing. */
    public static El svg(String tag, String css) {
        El made = new El(createNs(SVG, tag));
        if (!css.isEmpty()) {
            made.attr("class", css);
        }
        return made;
    }

    /** A new button that does something while it is enabled. */
    public static El button(String label, Runnable action) {
        El made = of("button", "").attr("type", "button").text(label);
        return made.on("click", () -> {
            if (!made.attributes.containsKey(OFF)) {
                action.run();
            }
        });
    }

    /**
     * Enables a button or not. One that is not still has the focus if it had it: a reader with a keyboard who presses it
     * stays where the next press is wanted.
     */
    public El enabled(boolean on) {
        if (!on) {
            return attr(OFF, "true");
        }
        return flag(OFF, false);
    }

    /** What the browser knows it as. */
    public JSObject node() {
        return node;
    }

    /** Adds children at the end. */
    public El add(El... children) {
        for (El child : children) {
            append(node, child.node);
        }
        return this;
    }

    /** Puts a child before one that is here. */
    public El insert(El child, El before) {
        insert(node, child.node, before.node);
        return this;
    }

    /** Has these children and no others. */
    public El only(Iterable<El> children) {
        text = null;
        clear(node);
        for (El child : children) {
            append(node, child.node);
        }
        return this;
    }

    /** Has these children and no others, in this order. One that stays in its place keeps the focus if it has it. */
    public El arrange(List<El> children) {
        for (int i = 0; i < children.size(); i++) {
            place(node, children.get(i).node, i);
        }
        trim(node, children.size());
        return this;
    }

    /** Gives it text in place of whatever was in it. */
    public El text(String value) {
        if (!value.equals(text)) {
            text = value;
            setText(node, value);
        }
        return this;
    }

    /** Gives an attribute a value. */
    public El attr(String name, String value) {
        if (!value.equals(attributes.put(name, value))) {
            setAttribute(node, name, value);
        }
        return this;
    }

    /** Gives an attribute a number. */
    public El attr(String name, int value) {
        return attr(name, Integer.toString(value));
    }

    /** Sets or takes away an attribute without a value. */
    public El flag(String name, boolean on) {
        if (on) {
            return attr(name, "");
        }
        if (attributes.remove(name) != null) {
            removeAttribute(node, name);
        }
        return this;
    }

    /** Does something whenever an event comes. */
    public El on(String event, Runnable action) {
        listen(node, event, action::run);
        return this;
    }

    /**
     * Does something when a key is pressed on it or inside it, without Control, Alt or Meta.
     *
     * @param handler takes what browsers call the key; true when it did something, and the browser shall do nothing else
     */
    public El onKey(Predicate<String> handler) {
        listenToKeys(node, handler::test);
        return this;
    }

    /** Where a reader presses, as parts of the whole from the upper left corner. */
    public interface Press {
        void at(double across, double down);
    }

    /** Does something where a pointer is pressed on it, and wherever it is drawn to from there. */
    public El onPress(Press press) {
        listenToPointer(node, press::at);
        return this;
    }

    /** Marks the whole text of an input, to be typed over. */
    public El select() {
        selectText(node);
        return this;
    }

    /** What an input holds. */
    public String value() {
        return valueOf(node);
    }

    /** Gives an input a value, without an event. */
    public El value(String value) {
        setValue(node, value);
        return this;
    }

    /** Whether a box is ticked. */
    public boolean checked() {
        return isChecked(node);
    }

    /** Ticks a box or not, without an event. */
    public El checked(boolean on) {
        setChecked(node, on);
        return this;
    }

    /** Takes it out of the page. */
    public void remove() {
        removeNode(node);
    }

    /** Puts the focus on it, and leaves the page where it is scrolled to. */
    public void focus() {
        focusNode(node);
    }

    /** Plays an animation of a class again from its beginning. */
    public void replay(String css) {
        replayClass(node, css);
    }

    /** The middle of this element's upper edge as seen from another one's corner. @return x and y in pixels */
    public double[] topIn(El other) {
        return new double[] {middleX(node, other.node), topY(node, other.node)};
    }

    /** Moves it along a line, then takes it away. Coordinates are pixels from its parent's corner. */
    public void travel(double fromX, double fromY, double toX, double toY, double millis) {
        travelNode(node, fromX, fromY, toX, toY, millis);
    }

    /** Whether the focus is on it or inside it. */
    public boolean hasFocus() {
        return holdsFocus(node);
    }

    /** Whether the reader asked for less motion. */
    @JSBody(script = "return matchMedia('(prefers-reduced-motion: reduce)').matches;")
    public static native boolean reducedMotion();

    /** Offers a text as a file to keep. */
    @JSBody(params = {"name", "text"}, script = """
            var a = document.createElement('a');
            a.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
            a.download = name;
            a.click();
            setTimeout(function() { URL.revokeObjectURL(a.href); }, 10000);
            """)
    public static native void download(String name, String text);

    @JSFunctor
    private interface Handler extends JSObject {
        void handle();
    }

    @JSFunctor
    private interface KeyHandler extends JSObject {
        boolean handle(String key);
    }

    @JSBody(params = {"node", "child", "before"}, script = "node.insertBefore(child, before);")
    private static native void insert(JSObject node, JSObject child, JSObject before);

    @JSBody(params = {"node", "handler"}, script = """
            node.addEventListener('keydown', function(event) {
              if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
              if (handler(event.key)) event.preventDefault();
            });
            """)
    private static native void listenToKeys(JSObject node, KeyHandler handler);

    @JSFunctor
    private interface PressHandler extends JSObject {
        void handle(double across, double down);
    }

    @JSBody(params = {"node", "handler"}, script = """
            var tell = function(event) {
              var box = node.getBoundingClientRect();
              handler((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
            };
            node.addEventListener('pointerdown', function(event) {
              if (event.button !== 0) return;
              if (event.pointerType === 'mouse') node.setPointerCapture(event.pointerId);
              tell(event);
            });
            node.addEventListener('pointermove', function(event) { if (event.buttons & 1) tell(event); });
            """)
    private static native void listenToPointer(JSObject node, PressHandler handler);

    @JSBody(params = "node", script = "node.select();")
    private static native void selectText(JSObject node);

    @JSBody(params = "tag", script = "return document.createElement(tag);")
    private static native JSObject create(String tag);

    @JSBody(params = {"space", "tag"}, script = "return document.createElementNS(space, tag);")
    private static native JSObject createNs(String space, String tag);

    @JSBody(params = {"node", "child"}, script = "node.appendChild(child);")
    private static native void append(JSObject node, JSObject child);

    @JSBody(params = "node", script = "node.replaceChildren();")
    private static native void clear(JSObject node);

    @JSBody(params = {"node", "child", "place"}, script = """
            var there = node.children[place] || null;
            if (there !== child) {
              var had = child.contains(document.activeElement) ? document.activeElement : null;
              node.insertBefore(child, there);
              if (had) had.focus({ preventScroll: true });
            }
            """)
    private static native void place(JSObject node, JSObject child, int place);

    @JSBody(params = {"node", "count"}, script = "while (node.children.length > count) node.lastElementChild.remove();")
    private static native void trim(JSObject node, int count);

    @JSBody(params = "node", script = "return node.contains(node.getRootNode().activeElement || null);")
    private static native boolean holdsFocus(JSObject node);

    @JSBody(params = {"node", "text"}, script = "node.textContent = text;")
    private static native void setText(JSObject node, String text);

    @JSBody(params = {"node", "name", "value"}, script = "node.setAttribute(name, value);")
    private static native void setAttribute(JSObject node, String name, String value);

    @JSBody(params = {"node", "name"}, script = "node.removeAttribute(name);")
    private static native void removeAttribute(JSObject node, String name);

    @JSBody(params = {"node", "event", "handler"}, script = "node.addEventListener(event, function() { handler(); });")
    private static native void listen(JSObject node, String event, Handler handler);

    @JSBody(params = "node", script = "return node.value;")
    private static native String valueOf(JSObject node);

    @JSBody(params = {"node", "value"}, script = "node.value = value;")
    private static native void setValue(JSObject node, String value);

    @JSBody(params = "node", script = "return node.checked;")
    private static native boolean isChecked(JSObject node);

    @JSBody(params = {"node", "on"}, script = "node.checked = on;")
    private static native void setChecked(JSObject node, boolean on);

    @JSBody(params = "node", script = "node.remove();")
    private static native void removeNode(JSObject node);

    @JSBody(params = "node", script = "node.focus({ preventScroll: true });")
    private static native void focusNode(JSObject node);

    @JSBody(params = {"node", "css"}, script = """
            node.classList.remove(css);
            void node.offsetWidth;
            node.classList.add(css);
            """)
    private static native void replayClass(JSObject node, String css);

    @JSBody(params = {"node", "other"}, script = """
            var a = node.getBoundingClientRect(), b = other.getBoundingClientRect();
            return a.left + a.width / 2 - b.left;
            """)
    private static native double middleX(JSObject node, JSObject other);

    @JSBody(params = {"node", "other"}, script = """
            var a = node.getBoundingClientRect(), b = other.getBoundingClientRect();
            return a.top - b.top;
            """)
    private static native double topY(JSObject node, JSObject other);

    @JSBody(params = {"node", "fromX", "fromY", "toX", "toY", "millis"}, script = """
            var at = function(x, y) { return 'translate(' + x + 'px,' + y + 'px)'; };
            var run = node.animate([{ transform: at(fromX, fromY) }, { transform: at(toX, toY) }],
                { duration: millis, fill: 'both' });
            run.onfinish = function() { node.remove(); };
            """)
    private static native void travelNode(JSObject node, double fromX, double fromY, double toX, double toY,
            double millis);
}
