package io.reftrail.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.reftrail.testing.TestLeads;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Records of payers: one for all keys of a payer, changed by one at a time, together with the events that follow. */
public abstract class OutboxPayerContract extends OutboxConcurrencyContract {

    private static final int THREADS = 4;
    private static final int CHANGES = 25;

    @Test
    void aRecordIsFoundUnderEachOfItsKeys() {
        change("anna", "customer", "invoice");
        change("anna", "invoice", "charge");

        assertThat(records("charge")).containsExactly("anna anna");
        assertThat(records("customer")).containsExactly("anna anna");
        assertThat(records("somebody else")).isEmpty();
    }

    @Test
    void recordsThatAKeyConnectsBecomeOne() {
        change("one", "customer");
        change("two", "charge", "payment");
        change("three", "refund");

        List<String> connected = new ArrayList<>();
        outbox.updatePayer(Set.of("customer", "payment"), before -> {
            connected.addAll(before);
            return payer("one two");
        });
        change("and more", "payment", "refund");

        assertThat(connected).containsExactlyInAnyOrder("one", "two");
        for (String key : List.of("customer", "charge", "payment", "refund")) {
            assertThat(records(key))
                    .singleElement()
                    .asString()
                    .contains("one two")
                    .contains("three")
                    .contains("and more");
        }
    }

    /** The key that the record is stored under may stay. */
    @Test
    void keysThatAreDroppedLeadNowhere() {
        List<String> old = List.of("old 1", "old 2", "old 3");
        change("anna", "customer", "old 1", "old 2", "old 3");
        outbox.updatePayer(
                Set.of("customer"), before -> new PayerUpdate.Payer(before.get(0), null, new TreeSet<>(old)));

        assertThat(old.stream().filter(key -> records(key).isEmpty())).hasSizeGreaterThan(1);
        assertThat(records("customer")).containsExactly("anna");
    }

    @Test
    void eventsAreStoredWithTheChange() {
        outbox.updatePayer(Set.of("customer"), before -> {
            outbox.enqueue(TestLeads.lead("introw", "a"));
            assertThat(outbox.joinsTransaction()).isTrue();
            assertThat(outbox.find("introw", "Sign Up", "a")).isNotNull();
            return payer("anna");
        });

        assertThat(outbox.joinsTransaction()).isFalse();
        assertThat(customers(claim("introw", 10))).containsExactly("a");
    }

    @Test
    void aChangeThatFailsStoresNothing() {
        change("before", "customer");

        assertThatIllegalStateException()
                .isThrownBy(() -> outbox.updatePayer(Set.of("customer", "new"), before -> {
                    throw new IllegalStateException("no");
                }));

        assertThat(records("new")).isEmpty();
        assertThat(records("customer")).containsExactly("before");
    }

    @Test
    void aForgottenCustomersRecordIsErasedWithAllItsKeys() {
        outbox.updatePayer(Set.of("k1", "k2"), before -> new PayerUpdate.Payer("one", "a", Set.of()));
        outbox.updatePayer(Set.of("k3"), before -> new PayerUpdate.Payer("two", "a", Set.of()));
        outbox.updatePayer(Set.of("k2", "k3"), before -> new PayerUpdate.Payer("both", "a", Set.of()));
        outbox.updatePayer(Set.of("k4"), before -> new PayerUpdate.Payer("other", "b", Set.of()));

        assertThat(outbox.forget("a")).isEqualTo(3);

        for (String key : List.of("k1", "k2", "k3")) {
            assertThat(records(key)).isEmpty();
        }
        assertThat(records("k4")).containsExactly("other");
    }

    /** Each change sees all that were made before, also if two of them connect keys that nobody had connected. */
    @Test
    void changesOfOnePayerTakeTurns() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> done = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int number = thread;
            done.add(threads.submit(() -> {
                for (int change = 0; change < CHANGES; change++) {
                    Set<String> keys = new TreeSet<>(
                            List.of("key" + (number + change) % 7, "key" + change % 5, "hub" + change % 2, "hub1"));
                    String text = number + "." + change;
                    outbox.updatePayer(keys, before -> payer(union(before, text)));
                }
            }));
        }
        for (Future<?> one : done) {
            one.get(60, TimeUnit.SECONDS);
        }
        threads.shutdown();

        assertThat(records("hub1").get(0).split(" ")).hasSize(THREADS * CHANGES);
    }

    private void change(String text, String... keys) {
        outbox.updatePayer(
                Set.of(keys), before -> payer(String.join(" ", before) + (before.isEmpty() ? "" : " ") + text));
    }

    private static PayerUpdate.Payer payer(String record) {
        return new PayerUpdate.Payer(record, null, Set.of());
    }

    private static String union(List<String> records, String text) {
        Set<String> all = new TreeSet<>(Set.of(text));
        records.forEach(record -> all.addAll(List.of(record.split(" "))));
        return String.join(" ", all);
    }

    /** A change that throws away what it writes would leave an empty record, so this one fails on purpose. */
    private List<String> records(String key) {
        List<String> found = new ArrayList<>();
        try {
            outbox.updatePayer(Set.of(key), before -> {
                found.addAll(before);
                throw new UnsupportedOperationException("only read");
            });
        } catch (UnsupportedOperationException read) {
            assertThat(read).hasMessage("only read");
        }
        return found;
    }
}
