package io.example.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reftrail.Reftrail;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.capture.HeaderExchange;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.security.LeadReportingListener;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.xml.XmlBeanDefinitionReader;
import org.springframework.context.support.GenericApplicationContext;

/** What the pages say to those who have no Boot. */
class WithoutBootTests {

    private static final List<String> CLICK = List.of("_introw_aff=aff_1");

    @Test
    void aPlainTransactionHasItsLeadOrNone() throws SQLException {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:plain;DB_CLOSE_DELAY=-1");
        try (Connection connection = database.getConnection();
                Statement migrations = connection.createStatement()) {
            migrations.execute("runscript from 'classpath:io/reftrail/outbox/schema/h2/R__reftrail_outbox.sql'");
            migrations.execute("create table account (email varchar unique)");
            signUpTwice(database, connection);
        }
    }

    private static void signUpTwice(JdbcDataSource database, Connection connection) throws SQLException {
        try (PlainJdbcShop shop = new PlainJdbcShop(database, "key")) {
            shop.signUp(connection, "mia@example.org", HeaderExchange.of(CLICK, true));
            assertThat(leads(connection)).isEqualTo(1);

            HeaderExchange again = HeaderExchange.of(CLICK, true);
            assertThatThrownBy(() -> shop.signUp(connection, "mia@example.org", again))
                    .isInstanceOf(SQLException.class);
            assertThat(again.setCookies()).isEmpty();
            assertThat(leads(connection)).isEqualTo(1);
        }
    }

    private static int leads(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from reftrail_event")) {
            count.next();
            return count.getInt(1);
        }
    }

    @Test
    void oneBeanHearsWhoSignsIn() {
        try (Reftrail reftrail = Reftrail.builder()
                        .backend(IntrowBackend.of("key"))
                        .outbox(new InMemoryOutbox())
                        .build();
                GenericApplicationContext context = new GenericApplicationContext()) {
            context.registerBean("reftrail", Reftrail.class, () -> reftrail);
            new XmlBeanDefinitionReader(context).loadBeanDefinitions("classpath:io/example/start/sign-ins.xml");
            context.refresh();
            assertThat(context.getBean(LeadReportingListener.class)).isNotNull();
        }
    }
}
