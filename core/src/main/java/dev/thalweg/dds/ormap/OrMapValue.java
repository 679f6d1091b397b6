package dev.thalweg.dds.ormap;

import dev.thalweg.crdt.LWWRegister;
import dev.thalweg.crdt.Lattice;
import dev.thalweg.crdt.PNCounter;
import dev.thalweg.json.JsonValue;

/** What a row holds. All rows of a map hold the same kind. */
public sealed interface OrMapValue extends Lattice<OrMapValue> {

    /** A ledger. @param counter what every replica added and took away */
    record Tally(PNCounter counter) implements OrMapValue {
        @Override
        public JsonValue value() {
            return counter.value();
        }

        @Override
        public OrMapValue join(OrMapValue other) {
            return switch (other) {
                case Tally tally -> new Tally(counter.join(tally.counter));
                case Register register -> throw mixed(this, register);
            };
        }

        @Override
        public boolean covers(OrMapValue other) {
            return switch (other) {
                case Tally tally -> counter.covers(tally.counter);
                case Register register -> throw mixed(this, register);
            };
        }

        @Override
        public JsonValue toJson() {
            return counter.toJson();
        }
    }

    /** A register. @param register the latest write */
    record Register(LWWRegister register) implements OrMapValue {
        @Override
        public JsonValue value() {
            return register.value();
        }

        @Override
        public OrMapValue join(OrMapValue other) {
            return switch (other) {
                case Register that -> new Register(register.join(that.register));
                case Tally tally -> throw mixed(this, tally);
            };
        }

        @Override
        public boolean covers(OrMapValue other) {
            return switch (other) {
                case Register that -> register.covers(that.register);
                case Tally tally -> throw mixed(this, tally);
            };
        }

        @Override
        public JsonValue toJson() {
            return register.toJson();
        }
    }

    private static IllegalStateException mixed(OrMapValue one, OrMapValue other) {
        return new IllegalStateException("rows of two kinds in one map: " + one.toJson().toJson() + " and "
                + other.toJson().toJson());
    }
}
