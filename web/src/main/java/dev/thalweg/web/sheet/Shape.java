package dev.thalweg.web.sheet;

import java.util.List;

/**
 * A part of a drawing. Coordinates run from the top left corner of a field of {@value #WIDTH} by {@value #HEIGHT}.
 *
 * @param element    of SVG
 * @param css        its classes: {@code ink}, {@code hair}, {@code solid}, {@code paper}, {@code water}, {@code earth}
 *                   for what is sequenced, {@code draft}, {@code draft-line}, {@code draft-text} for what is pending
 * @param attributes names and values in turn
 * @param text       for a text, else empty
 */
public record Shape(String element, String css, List<String> attributes, String text) {
    /** How wide a drawing is. */
    public static final int WIDTH = 320;
    /** How high a drawing is. */
    public static final int HEIGHT = 92;

    public Shape {
        attributes = List.copyOf(attributes);
    }

    static Shape rect(String css, int x, int y, int width, int height) {
        return new Shape("rect", css, List.of("x", number(x), "y", number(y), "width", number(width), "height",
                number(height)), "");
    }

    static Shape line(String css, int x1, int y1, int x2, int y2) {
        return new Shape("line", css, List.of("x1", number(x1), "y1", number(y1), "x2", number(x2), "y2",
                number(y2)), "");
    }

    static Shape path(String css, String data) {
        return new Shape("path", css, List.of("d", data), "");
    }

    static Shape ellipse(String css, int x, int y, int rx, int ry) {
        return new Shape("ellipse", css, List.of("cx", number(x), "cy", number(y), "rx", number(rx), "ry",
                number(ry)), "");
    }

    static Shape text(String css, int x, int y, String text) {
        return new Shape("text", css, List.of("x", number(x), "y", number(y)), text);
    }

    static Shape centred(String css, int x, int y, String text) {
        return new Shape("text", css, List.of("x", number(x), "y", number(y), "text-anchor", "middle"), text);
    }

    /** Different texts for drawings that differ. */
    public static String mark(List<Shape> shapes) {
        StringBuilder mark = new StringBuilder();
        for (Shape shape : shapes) {
            mark.append(shape.element()).append(' ').append(shape.css()).append(' ').append(shape.text());
            for (String attribute : shape.attributes()) {
                mark.append(' ').append(attribute);
            }
            mark.append('\n');
        }
        return mark.toString();
    }

    private static String number(int value) {
        return Integer.toString(value);
    }
}
