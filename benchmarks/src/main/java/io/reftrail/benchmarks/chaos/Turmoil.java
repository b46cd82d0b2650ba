package io.reftrail.benchmarks.chaos;

import io.reftrail.benchmarks.PostgreSql;
import io.reftrail.benchmarks.Sandbox;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/** Everything that goes wrong during the run, one trouble after the other. */
final class Turmoil {

    /** Something that goes wrong, or that gets better again. */
    private interface Trouble {
        void strike() throws IOException, InterruptedException;
    }

    private final Nodes nodes;
    private final PostgreSql postgreSql;
    private final FaultyProxy proxy;
    private final Sandbox backend;
    private final List<Trouble> troubles;
    private int strikes;
    private boolean databaseCrashed;

    Turmoil(Nodes nodes, PostgreSql postgreSql, Stall stall, FaultyProxy proxy, Sandbox backend, Random random) {
        this.nodes = nodes;
        this.postgreSql = postgreSql;
        this.proxy = proxy;
        this.backend = backend;
        this.troubles = List.of(
                () -> order("\"kind\":\"status\",\"status\":500,\"count\":30"),
                () -> proxy.loseReplies(10),
                () -> nodes.killOne(random),
                () -> order("\"kind\":\"status\",\"status\":429,\"retryAfter\":\"1\",\"count\":5"),
                proxy::resetAll,
                proxy::shut,
                () -> {
                    stall.begin();
                    nodes.killOne(random);
                },
                proxy::open,
                () -> order("\"kind\":\"hang\",\"seconds\":4,\"count\":8"),
                () -> proxy.loseRequests(10),
                () -> {
                    stall.begin();
                    nodes.killOne(random);
                },
                () -> order("\"kind\":\"html\",\"count\":10"),
                () -> proxy.loseReplies(30));
    }

    /** The same trouble at each vendor. */
    private void order(String fault) throws IOException, InterruptedException {
        for (Vendor vendor : Vendor.values()) {
            backend.order("{\"vendor\":\"" + vendor.backend() + "\"," + fault + "}");
        }
    }

    /** The next trouble; the order is the same in each run, the victims are not. */
    void strike() throws IOException, InterruptedException {
        nodes.revive();
        troubles.get(strikes++ % troubles.size()).strike();
    }

    /** Lets the database crash and come back, once. */
    void crashDatabase() throws IOException, InterruptedException {
        if (!databaseCrashed) {
            databaseCrashed = true;
            postgreSql.crashAndRestart();
        }
    }

    /** Ends all troubles. */
    void end() throws IOException, InterruptedException {
        proxy.heal();
        backend.heal();
        nodes.awaitReady();
    }

    /** What the application has gone through with so many customers. */
    Ordeal ordeal(int customers) {
        return new Ordeal(customers, nodes.kills(), databaseCrashed, proxy.repliesInDoubt());
    }

    int strikes() {
        return strikes;
    }
}
