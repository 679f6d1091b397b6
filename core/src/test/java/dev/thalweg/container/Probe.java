package dev.thalweg.container;

import dev.thalweg.dds.ChannelAttributes;
import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.dds.ChannelOperation;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.Kernel;
import dev.thalweg.dds.OperationContext;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.List;

/** A structure that does nothing but write down what the container tells it. Its state is who has left. */
final class Probe extends SharedObject<Probe.Say, Probe.Said> {
    static final ChannelType<Probe> TYPE = new Type();

    /** What the container told, in order. */
    final List<String> told = new ArrayList<>();
    /** Answer every "ask" of another with one "answer" after its message. */
    boolean answers;

    private final Core core;

    record Say(String text) implements ChannelOperation {
        @Override
        public JsonValue toJson() {
            return new JsonString(text);
        }
    }

    record Said(String text, OperationContext context, boolean local) implements ChannelEvent {}

    private Probe(String id, Core core) {
        super(id, core);
        this.core = core;
    }

    void say(String text) {
        submit(new Say(text));
    }

    List<String> gone() {
        return core.gone;
    }

    @Override
    public ChannelType<Probe> type() {
        return TYPE;
    }

    @Override
    protected void bound() {
        told.add("bound " + roster().clientIds().size());
    }

    @Override
    public void attaching() {
        told.add("attaching " + attached());
    }

    @Override
    protected void closed(String reason) {
        told.add("closed " + reason);
    }

    @Override
    public void memberLeft(String clientId, int sequenceNumber) {
        changed();
        core.gone.add(clientId);
        told.add("left " + roster().has(clientId));
    }

    @Override
    protected void onEvent(Said said) {
        OperationContext context = said.context;
        told.add(said.text + " " + context.roster().has(context.clientId()) + " "
                + (context.roster().joinedAt(context.clientId()) < context.sequenceNumber()));
        if (answers && !said.local && said.text.equals("ask")) {
            afterMessage(() -> {
                told.add("after");
                say("answer");
            });
        }
    }

    private static final class Core implements Kernel<Say, Said> {
        private final List<String> gone = new ArrayList<>();

        @Override
        public Say read(JsonValue contents) throws ProtocolException {
            return new Say(JsonCasts.string(contents, "probe operation"));
        }

        @Override
        public List<Said> detached(Say operation) {
            return List.of();
        }

        @Override
        public List<Said> local(Say operation) {
            return List.of();
        }

        @Override
        public List<Said> sequenced(Say operation, OperationContext context, boolean own) {
            return List.of(new Said(operation.text, context, own));
        }

        @Override
        public List<Said> rollback(Say operation) {
            return List.of();
        }

        @Override
        public Say resubmit(Say operation) {
            return operation;
        }

        @Override
        public SummaryNode.Tree summarize() {
            return new SummaryBuilder().text("header", snapshot().toJson()).build();
        }

        @Override
        public JsonValue snapshot() {
            return JsonArray.ofStrings(gone);
        }

        @Override
        public void check() {}
    }

    private static final class Type implements ChannelType<Probe> {
        private static final ChannelAttributes ATTRIBUTES = ChannelAttributes.of("https://thalweg.dev/types/probe",
                "1");

        @Override
        public ChannelAttributes attributes() {
            return ATTRIBUTES;
        }

        @Override
        public Probe create(String id, String replica) {
            return new Probe(id, new Core());
        }

        @Override
        public Probe load(String id, String replica, SummaryNode.Tree summary) throws ProtocolException {
            Core core = new Core();
            core.gone.addAll(JsonCasts.array(JsonValue.parse(String.valueOf(summary.text("header"))), "header")
                    .strings());
            return new Probe(id, core);
        }
    }
}
