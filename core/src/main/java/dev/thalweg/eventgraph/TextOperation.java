package dev.thalweg.eventgraph;

import java.util.Objects;

/** What some events did to a text. Positions and lengths count UTF-16 units. */
public sealed interface TextOperation {
    /** Where it acts: the number of units before it in the text as the author had it. */
    int position();

    /** How many events it is: one for each unit, or for the mark. */
    int length();

    /** Text comes in. */
    record Insert(int position, String text) implements TextOperation {
        /** @throws IllegalArgumentException when the position is negative or the text empty */
        public Insert {
            Objects.requireNonNull(text);
            require(position, text.length());
        }

        @Override
        public int length() {
            return text.length();
        }
    }

    /** Units go, the first of them first. */
    record Delete(int position, int length) implements TextOperation {
        /** @throws IllegalArgumentException when the position is negative or nothing is deleted */
        public Delete {
            require(position, length);
        }
    }

    /** A part of the text gets a property or loses one; the units stay. */
    record Mark(TextMark mark) implements TextOperation {
        public Mark {
            Objects.requireNonNull(mark);
        }

        /** None: a mark says by units where it is. @return 0 */
        @Override
        public int position() {
            return 0;
        }

        @Override
        public int length() {
            return 1;
        }
    }

    private static void require(int position, int length) {
        if (position < 0 || length < 1) {
            throw new IllegalArgumentException(
                    "an operation acts on at least one unit from position 0 on, was " + length + " at " + position);
        }
    }
}
