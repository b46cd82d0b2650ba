package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reftrail.model.Customer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the leads of a plain servlet application wait. */
class InitOutboxContract extends ServedContract {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String DATABASE = "jdbc:h2:mem:filter;DB_CLOSE_DELAY=-1";

    @TempDir
    private Path directory;

    private final ObservedFilter filter = new ObservedFilter();
    private StubBackend backend = new StubBackend();

    @AfterEach
    void closeBackend() {
        stopServer();
        backend.close();
    }

    @Test
    void aLeadOutlivesTheApplicationInAFileOfItsOwn() {
        backend.close();
        serve(embedded(new ReferralCaptureFilter()));
        assertThat(signUp("7")).isEqualTo("{introw=ENQUEUED}");
        stopServer();
        assertThat(directory.resolve("shop-eu.db")).isRegularFile();

        backend = new StubBackend();
        serve(embedded(new ReferralCaptureFilter()));

        await().atMost(SOON).until(() -> backend.calls().size() == 1);
        assertThat(backend.calls().get(0).body()).contains("click-7");
        assertThat(signUp("7")).isEqualTo("{introw=DUPLICATE}");
    }

    @Test
    void aDirectoryThatCannotBeWrittenStopsTheStart() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> serve(embedded(filter)
                        .initParameter("outbox.directory", file.resolve("below").toString())))
                .hasMessage("the application did not start");
        assertThat(filter.failure())
                .hasMessageContaining("outbox.directory")
                .hasMessageContaining("survives a restart");
    }

    @Test
    void aLeadIsCommittedAndRolledBackWithItsAccount() throws SQLException {
        assumeTrue(has(ServerHabit.BINDS_DATA_SOURCES), "the server has no naming context");
        execute("DROP ALL OBJECTS", "CREATE TABLE account (id VARCHAR(20) PRIMARY KEY)");
        serve(embedded(new ReferralCaptureFilter())
                .initParameter("outbox.store", "auto")
                .initParameter("outbox.data-source", "java:comp/env/jdbc/shop")
                .dataSource(DATABASE)
                .page("/account", InitOutboxContract::openAccount));

        assertThat(account("1").body()).isEqualTo("{introw=ENQUEUED}");
        RawResponse taken = account("1");
        assertThat(taken.body()).isEqualTo("taken");
        assertThat(taken.cookies()).isEmpty();
        assertThat(account("2").cookies()).containsExactly(Kits.expiredIntrowCookies());

        await().atMost(SOON).until(() -> backend.calls().size() == 2);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void missingTablesStopTheStartUnlessTheyMayBeMade() throws SQLException {
        assumeTrue(has(ServerHabit.BINDS_DATA_SOURCES), "the server has no naming context");
        execute("DROP ALL OBJECTS");
        assertThatThrownBy(() -> serve(embedded(filter)
                        .initParameter("outbox.store", "jdbc")
                        .initParameter("outbox.data-source", "java:comp/env/jdbc/shop")
                        .initParameter("outbox.initialize-schema", "never")
                        .dataSource(DATABASE)))
                .hasMessage("the application did not start");
        assertThat(filter.failure()).hasMessageContaining("outbox.initialize-schema");
    }

    @Test
    void aDataSourceThatIsNotThereStopsTheStart() {
        for (String name : new String[] {"java:comp/env/jdbc/shop", "ldap://127.0.0.1/shop"}) {
            assertThatThrownBy(() -> serve(embedded(filter).initParameter("outbox.data-source", name)))
                    .hasMessage("the application did not start");
            assertThat(filter.failure())
                    .hasMessageContaining("outbox.data-source: there is no DataSource at '" + name + "'");
        }
    }

    private WebApp embedded(ReferralCaptureFilter filter) {
        return embedded(new WebApp(filter));
    }

    private WebApp embedded(ObservedFilter filter) {
        return embedded(new WebApp(filter));
    }

    private WebApp embedded(WebApp app) {
        return SignUp.addTo(app)
                .at("/shop/eu")
                .initParameter("introw.api-key", "key")
                .initParameter("introw.base-url", backend.url())
                .initParameter("outbox.directory", directory.toString())
                .initParameter("outbox.store", "embedded");
    }

    private String signUp(String customer) {
        return send(RawRequest.get("/shop/eu/signup?customer=" + customer)
                        .with("Cookie", "_introw_aff=click-" + customer))
                .body();
    }

    private RawResponse account(String customer) {
        return send(RawRequest.get("/shop/eu/account?customer=" + customer)
                .with("Cookie", "_introw_aff=click-" + customer));
    }

    /** Reports first and inserts then, so that a taken id rolls a lead back. */
    private static void openAccount(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String id = request.getParameter("customer");
        try (Connection connection = DriverManager.getConnection(DATABASE)) {
            StringBuilder statuses = new StringBuilder();
            ServletReftrail.inTransaction(request, connection, () -> {
                statuses.append(ServletReftrail.lead(request, response, Customer.of("customer-" + System.nanoTime())));
                try (Statement statement = connection.createStatement()) {
                    statement.execute("INSERT INTO account VALUES ('" + id + "')");
                }
            });
            response.getWriter().print(statuses);
        } catch (SQLException taken) {
            response.getWriter().print("taken");
        }
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(DATABASE);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
