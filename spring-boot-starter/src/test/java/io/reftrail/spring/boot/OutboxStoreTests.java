package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import com.mongodb.client.MongoClient;
import io.reftrail.Reftrail;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.UnitOfWork;
import io.reftrail.spring.SpringJdbcUnitOfWork;
import io.reftrail.spring.SpringUnitOfWork;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** Where leads wait in which application. */
class OutboxStoreTests {

    private static final String SCRIPT =
            "spring.sql.init.schema-locations=classpath:io/reftrail/outbox/schema/h2/R__reftrail_outbox.sql";

    @TempDir
    private Path directory;

    private final String h2 = named();

    private static String named() {
        return "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    }

    private ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(ReftrailOutboxAutoConfiguration.class, ReftrailAutoConfiguration.class))
                .withPropertyValues("reftrail.introw.api-key=key", "reftrail.outbox.directory=" + directory);
    }

    private ApplicationContextRunner withDatabase() {
        return application()
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class, DataSourceInitializationAutoConfiguration.class))
                .withPropertyValues("spring.datasource.url=" + h2);
    }

    private static void database(
            ConfigurableApplicationContext context, String name, String url, Consumer<RootBeanDefinition> how) {
        RootBeanDefinition definition =
                new RootBeanDefinition(DriverManagerDataSource.class, () -> new DriverManagerDataSource(url));
        how.accept(definition);
        ((GenericApplicationContext) context).registerBeanDefinition(name, definition);
    }

    private static String place(ApplicationContext context) {
        return context.getBean(Outbox.class).toString();
    }

    @Test
    void withoutADatabaseLeadsWaitInAFile() {
        application().run(context -> {
            assertThat(place(context)).isEqualTo("the file " + directory.resolve("application.db"));
            assertThat(directory.resolve("application.db")).exists();
            assertThat(context.getBean(UnitOfWork.class)).isInstanceOf(SpringUnitOfWork.class);
        });
    }

    @ParameterizedTest
    @CsvSource({"shop, shop.db", "../../etc/my shop, etc-my-shop.db", "'', application.db"})
    void theFileBearsTheApplicationsName(String application, String file) {
        application()
                .withPropertyValues("spring.application.name=" + application)
                .run(context -> assertThat(directory.resolve(file)).exists());
    }

    @Test
    void withADatabaseLeadsWaitInIt() {
        withDatabase().run(context -> {
            assertThat(place(context)).isEqualTo("the application's H2 database");
            assertThat(context.getBean(UnitOfWork.class)).isInstanceOf(SpringJdbcUnitOfWork.class);
            assertThat(directory).isEmptyDirectory();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "jdbc"})
    void aDatabaseThatCannotStoreLeadsIsRefused(String store) {
        application()
                .withBean(DataSource.class, UnsupportedDatabase::dataSource)
                .withPropertyValues("reftrail.outbox.store=" + store)
                .run(context -> refused(context, "outbox.store"));
    }

    @Test
    void aRealDatabaseThatCannotStoreLeadsIsRefusedAndNamed() {
        ApplicationContextRunner application = application()
                .withBean(DataSource.class, () -> new DriverManagerDataSource("jdbc:hsqldb:mem:" + UUID.randomUUID()));
        application.run(context -> {
            refused(context, "outbox.store");
            assertThat(context).getFailure().rootCause().hasMessageContaining("HSQL Database Engine");
        });
        application.withPropertyValues("reftrail.outbox.store=embedded").run(context -> assertThat(place(context))
                .startsWith("the file"));
    }

    @Test
    void aDatabaseWithoutJdbcIsRefusedUnlessAFileIsAskedFor() {
        ApplicationContextRunner application = application().withBean(MongoClient.class, () -> mock(MongoClient.class));
        application.run(context -> {
            refused(context, "outbox.store");
            assertThat(context).getFailure().rootCause().hasMessageContaining("MongoClient");
        });
        application.withPropertyValues("reftrail.outbox.store=embedded").run(context -> assertThat(place(context))
                .startsWith("the file"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDataSourceThatRoutesToTenantsIsRefused(boolean hasDefault) {
        ApplicationContextRunner application = application().withBean(DataSource.class, () -> tenants(hasDefault));
        application.run(context -> refused(context, "outbox.store"));
        application.withPropertyValues("reftrail.outbox.store=embedded").run(context -> assertThat(place(context))
                .startsWith("the file"));
    }

    @Test
    void aDataSourceThatRoutesToTenantsIsRefusedBehindAProxyToo() {
        application()
                .withBean(DataSource.class, () -> new LazyConnectionDataSourceProxy(tenants(true)))
                .run(context -> refused(context, "outbox.store"));
    }

    @Test
    void oneDatabaseBesideTheRoutingOneCanBeMarked() {
        application()
                .withInitializer(context -> {
                    database(context, "one", h2, OutboxStoreTests::mark);
                    RootBeanDefinition routing = new RootBeanDefinition(DataSource.class, () -> tenants(true));
                    routing.setPrimary(true);
                    ((GenericApplicationContext) context).registerBeanDefinition("routing", routing);
                })
                .run(context -> assertThat(tables(context, "one")).isTrue());
    }

    @Test
    void aRoutingDataSourceThatIsMarkedIsTaken() {
        application()
                .withInitializer(context -> {
                    RootBeanDefinition routing = new RootBeanDefinition(DataSource.class, () -> tenants(true));
                    mark(routing);
                    ((GenericApplicationContext) context).registerBeanDefinition("routing", routing);
                })
                .run(context -> assertThat(place(context)).isEqualTo("the application's H2 database"));
    }

    private DataSource tenants(boolean hasDefault) {
        AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {
            @Override
            protected @Nullable Object determineCurrentLookupKey() {
                return null;
            }
        };
        routing.setTargetDataSources(
                Map.of("one", new DriverManagerDataSource(h2), "two", new DriverManagerDataSource(named())));
        if (hasDefault) {
            routing.setDefaultTargetDataSource(new DriverManagerDataSource(h2));
        }
        routing.afterPropertiesSet();
        return routing;
    }

    private static void refused(AssertableApplicationContext context, String setting) {
        assertThat(context)
                .getFailure()
                .rootCause()
                .isInstanceOfSatisfying(InvalidSettingException.class, refusal -> assertThat(refusal.setting())
                        .isEqualTo(setting));
    }

    @Test
    void ofSeveralDatabasesNoneIsGuessed() {
        ApplicationContextRunner two = application().withInitializer(context -> {
            database(context, "one", h2, any -> {});
            database(context, "two", h2, any -> {});
        });
        two.run(context -> refused(context, "outbox.store"));
        two.withPropertyValues("reftrail.outbox.store=embedded")
                .run(context -> assertThat(place(context)).startsWith("the file"));
        two.withPropertyValues("reftrail.outbox.store=jdbc").run(context -> refused(context, "outbox.store"));
    }

    @Test
    void ofSeveralDatabasesThePrimaryOneIsTaken() {
        application()
                .withInitializer(context -> {
                    database(context, "one", h2, one -> one.setPrimary(true));
                    database(context, "two", named(), any -> {});
                })
                .run(context -> assertThat(tables(context, "one")).isTrue());
    }

    @Test
    void theMarkedDatabaseIsTakenBeforeThePrimaryOne() {
        application()
                .withInitializer(context -> {
                    database(context, "one", named(), one -> one.setPrimary(true));
                    database(context, "two", h2, OutboxStoreTests::mark);
                })
                .run(context -> {
                    assertThat(tables(context, "two")).isTrue();
                    assertThat(context.getBean(UnitOfWork.class)).isInstanceOf(SpringJdbcUnitOfWork.class);
                });
    }

    private static void mark(RootBeanDefinition definition) {
        definition.addQualifier(new AutowireCandidateQualifier(ReftrailDataSource.class));
    }

    private static boolean tables(ApplicationContext context, String dataSource) {
        JdbcTemplate jdbc = new JdbcTemplate(context.getBean(dataSource, DataSource.class));
        String count = "select count(*) from information_schema.tables where lower(table_name) = 'reftrail_setting'";
        return Integer.valueOf(1).equals(jdbc.queryForObject(count, Integer.class));
    }

    @Test
    void memoryAndTheFileCanBeAskedFor() {
        withDatabase().withPropertyValues("reftrail.outbox.store=memory").run(context -> assertThat(place(context))
                .isEqualTo("memory"));
        withDatabase().withPropertyValues("reftrail.outbox.store=embedded").run(context -> assertThat(place(context))
                .startsWith("the file"));
    }

    @Test
    void missingTablesAreNotCreatedWhereMigrationsDoIt() {
        withDatabase()
                .withPropertyValues("reftrail.outbox.initialize-schema=never")
                .run(context -> refused(context, "outbox.initialize-schema"));
    }

    @Test
    void theApplicationsScriptsRunFirst() {
        withDatabase()
                .withPropertyValues("reftrail.outbox.initialize-schema=never", "spring.sql.init.mode=always", SCRIPT)
                .run(context -> assertThat(place(context)).isEqualTo("the application's H2 database"));
    }

    @Test
    void withoutBootsDatabaseInitializationAFileStillHoldsLeads() {
        application()
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.sql", "org.springframework.jdbc"))
                .run(context -> assertThat(place(context)).startsWith("the file"));
    }

    @Test
    void withoutABackendNothingIsCreated() {
        withDatabase().withPropertyValues("reftrail.introw.api-key=").run(context -> {
            assertThat(place(context)).isEqualTo("memory");
            assertThat(tables(context, "dataSource")).isFalse();
        });
    }

    @Test
    void attributionNeedsNoBackend() {
        withDatabase()
                .withPropertyValues("reftrail.introw.api-key=", "reftrail.attribution.enabled=true")
                .run(context -> {
                    assertThat(place(context)).contains("H2 database");
                    assertThat(context.getBean(Outbox.class).journeys()).isNotNull();
                    assertThat(context.getBean(Reftrail.class).visits().touches())
                            .isNotNull();
                });
    }

    @Test
    void besideAReftrailOfTheApplicationNothingIsOpened() {
        application()
                .withBean("own", Reftrail.class, () -> Reftrail.builder().build())
                .run(context -> {
                    assertThat(context).doesNotHaveBean(Outbox.class);
                    assertThat(directory).isEmptyDirectory();
                });
    }
}
