package dev.thalweg.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.container.Rig.Box;
import dev.thalweg.container.Rig.Peer;
import dev.thalweg.loopback.LoopbackLink;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.ConnectionMode;
import java.util.List;
import org.junit.jupiter.api.Test;

class AutomaticSummariesTest {
    private static final AutomaticSummaries POLICY = new AutomaticSummaries(10, 60_000, 30_000, 1_000, 5_000);
    private final Rig rig = new Rig();

    @Test
    void afterSoManyOperationsTheEldestHasASummaryWritten() {
        Peer a = create();
        Peer b = join();
        edit(a, 12);
        rig.service.advance(2_000);
        assertThat(summaries(a)).isEqualTo(1);
        assertThat(summaries(b)).isEqualTo(1);
        assertThat(a.container.audience().members()).hasSize(2);
        Rig.assertSame(a, b, rig.join());
    }

    @Test
    void whatCameWhileOneWasBeingWrittenIsInTheNext() {
        Peer a = create();
        Peer b = join();
        boolean[] edited = new boolean[1];
        a.container.subscribe(event -> {
            if (event instanceof ContainerEvent.QuorumChanged changed && changed.present() && !edited[0]
                    && "summarizer".equals(changed.client().type())) {
                edited[0] = true;
                b.sandbags().increment(1);
            }
        });
        edit(a, 10);
        rig.service.advance(2_000);
        assertThat(edited[0]).isTrue();
        assertThat(summaries(a)).isEqualTo(1);
        rig.service.advance(40_000);
        assertThat(summaries(a)).isEqualTo(2);
        rig.service.advance(300_000);
        assertThat(summaries(a)).isEqualTo(2);
    }

    @Test
    void whoTakesOverKnowsWhatCameWhileAnotherWasWritingOne() {
        Peer a = create();
        Peer b = join();
        boolean[] edited = new boolean[1];
        a.container.subscribe(event -> {
            if (event instanceof ContainerEvent.QuorumChanged changed && changed.present() && !edited[0]
                    && "summarizer".equals(changed.client().type())) {
                edited[0] = true;
                b.sandbags().increment(1);
            }
        });
        edit(a, 10);
        rig.service.advance(2_000);
        assertThat(summaries(b)).isEqualTo(1);
        a.container.dispose();
        rig.service.advance(40_000);
        assertThat(summaries(b)).isEqualTo(2);
        rig.service.advance(300_000);
        assertThat(summaries(b)).isEqualTo(2);
    }

    @Test
    void afterAWhileWithoutAnyAndAfterALongTimeToo() {
        Peer a = create();
        edit(a, 1);
        rig.service.advance(20_000);
        assertThat(summaries(a)).isZero();
        rig.service.advance(12_000);
        assertThat(summaries(a)).isEqualTo(1);

        for (int i = 0; i < 7; i++) {
            edit(a, 1);
            rig.service.advance(9_000);
        }
        assertThat(summaries(a)).isEqualTo(2);
        rig.service.advance(300_000);
        assertThat(summaries(a)).isLessThanOrEqualTo(3);
        int settled = summaries(a);
        rig.service.advance(300_000);
        assertThat(summaries(a)).isEqualTo(settled);
    }

    @Test
    void theNextOneTakesOverWhenTheEldestLeaves() {
        Peer a = create();
        Peer b = join();
        edit(a, 5);
        a.container.dispose();
        rig.service.settle();
        edit(b, 8);
        rig.service.advance(2_000);
        assertThat(summaries(b)).isEqualTo(1);
    }

    @Test
    void nobodyWritesWhileASummarizerIsConnectedAndOneDoesWhenItHasLeft() {
        Peer a = create();
        Peer s = rig.join(Rig.SUMMARIZER);
        edit(a, 12);
        rig.service.advance(10_000);
        assertThat(summaries(a)).isZero();
        s.container.dispose();
        rig.service.advance(40_000);
        assertThat(summaries(a)).isEqualTo(1);
    }

    @Test
    void oneThatCannotGivesItsPlaceUpToAClientOfAnotherMake() {
        Peer a = create();
        rig.new Raw().submit("{\"type\":\"unheard-of\",\"contents\":{}}", null);
        Peer stock = rig.join(stock());
        String before = a.container.clientId();
        assertThat(a.container.runtime().election.elected()).isTrue();
        edit(a, 12);
        rig.service.advance(20_000);
        assertThat(a.container.clientId()).isNotNull().isNotEqualTo(before);
        assertThat(a.container.connectionState()).isEqualTo(ConnectionState.CONNECTED);
        assertThat(a.container.runtime().election.elected()).isFalse();
        assertThat(summaries(a)).isZero();
        Rig.assertSame(a, stock);
    }

    @Test
    void oneThatCannotKeepsItsPlaceWhenNobodyElseCan() {
        Peer a = create();
        rig.new Raw().connection.close();
        rig.join();
        rig.new Raw().submit("{\"type\":\"unheard-of\",\"contents\":{}}", null);
        rig.service.settle();
        String before = a.container.clientId();
        edit(a, 12);
        rig.service.advance(200_000);
        assertThat(a.container.clientId()).isEqualTo(before);
    }

    @Test
    void oneThatWritesNoneGivesItsPlaceUpAfterAThousandOperations() {
        Peer a = rig.create();
        Peer stock = rig.join(stock());
        String before = a.container.clientId();
        edit(stock, 990);
        assertThat(a.container.clientId()).isEqualTo(before);
        edit(stock, 20);
        rig.service.advance(1_000);
        assertThat(a.container.clientId()).isNotNull().isNotEqualTo(before);
        assertThat(a.container.runtime().election.elected()).isFalse();
        Rig.assertSame(a, stock);
    }

    @Test
    void timesAndCountsMustBeAboveZero() {
        assertThatThrownBy(() -> new AutomaticSummaries(0, 1, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AutomaticSummaries(1, 0, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(AutomaticSummaries.DEFAULT.maxOperations()).isEqualTo(100);
    }

    private void edit(Peer peer, int times) {
        for (int i = 0; i < times; i++) {
            peer.sandbags().increment(1);
            rig.service.settle();
        }
    }

    private static int summaries(Peer peer) {
        return peer.events(ContainerEvent.SummaryAcknowledged.class).size();
    }

    private static Client stock() {
        return new Client(ConnectionMode.WRITE, true, null, "; loaderVersion:2.111.0",
                ContainerServices.WRITER.user(), List.of());
    }

    private Peer create() {
        LoopbackLink link = rig.service.link();
        Peer peer = new Peer(link, Container.create(
                rig.services(link, ContainerServices.WRITER).withSummaries(POLICY), Rig.SCHEMA));
        rig.attach(peer);
        return peer;
    }

    private Peer join() {
        LoopbackLink link = rig.service.link();
        Box<Container> box = new Box<>();
        Container.load(rig.services(link, ContainerServices.WRITER).withSummaries(POLICY), rig.documentId, Rig.SCHEMA,
                box);
        rig.service.settle();
        return new Peer(link, box.value());
    }
}
