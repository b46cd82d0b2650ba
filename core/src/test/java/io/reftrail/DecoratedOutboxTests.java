package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.model.Customer;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import io.reftrail.outbox.jdbc.JdbcUnitOfWork;
import io.reftrail.testing.ForwardingOutbox;
import io.reftrail.testing.RecordingExchange;
import io.reftrail.testing.UnreachableTransport;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An application that decorates its outbox keeps what the outbox promises about transactions. */
class DecoratedOutboxTests {

    private final JdbcUnitOfWork unitOfWork = new JdbcUnitOfWork();
    private final RecordingExchange exchange = RecordingExchange.with("_introw_aff=i");

    static Stream<UnaryOperator<Outbox>> decorations() {
        return Stream.of(outbox -> outbox, outbox -> new ForwardingOutbox(outbox) {});
    }

    @ParameterizedTest
    @MethodSource("decorations")
    void aSignUpThatIsRolledBackKeepsItsCookies(UnaryOperator<Outbox> decoration) throws SQLException {
        JdbcDataSource database = database();
        try (Reftrail reftrail = reftrail(decoration, database);
                Connection connection = database.getConnection()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> unitOfWork.run(connection, () -> {
                        reftrail.lead(exchange, Customer.of("mia"));
                        throw new IllegalStateException("the address is taken");
                    }));

            assertThat(exchange.setCookies()).isEmpty();
            assertThat(reftrail.operations().outbox().depth("introw")).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("decorations")
    void aSignUpThatIsCommittedExpiresThem(UnaryOperator<Outbox> decoration) throws SQLException {
        JdbcDataSource database = database();
        try (Reftrail reftrail = reftrail(decoration, database);
                Connection connection = database.getConnection()) {
            unitOfWork.run(connection, () -> {
                reftrail.lead(exchange, Customer.of("mia"));
                assertThat(exchange.setCookies()).isEmpty();
            });

            assertThat(exchange.setCookies()).isNotEmpty();
            assertThat(reftrail.operations().outbox().depth("introw")).isOne();
        }
    }

    private Reftrail reftrail(UnaryOperator<Outbox> decoration, JdbcDataSource database) {
        JdbcOutbox outbox = JdbcOutbox.on(database)
                .unitOfWork(unitOfWork)
                .createSchema(true)
                .open();
        return Reftrail.builder()
                .backend(IntrowBackend.of("key"))
                .outbox(decoration.apply(outbox))
                .transport(new UnreachableTransport())
                .build();
    }

    private static JdbcDataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return database;
    }
}
