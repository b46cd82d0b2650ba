package io.reftrail.spring;

import io.reftrail.LeadSettings;
import io.reftrail.LeadTrigger;
import io.reftrail.Reftrail;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.model.Decision;
import io.reftrail.outbox.UnitOfWork;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import io.reftrail.outbox.memory.InMemoryOutbox;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** An application with a database, transactions and Reftrail, whose thread serves a request that carries a click. */
final class SignUpApplication implements AutoCloseable {

    /** Where leads are kept. */
    enum Store {
        DATABASE,
        MEMORY
    }

    final RecordingTransport backend = new RecordingTransport();
    final List<String> heard = new CopyOnWriteArrayList<>();
    final MockHttpServletResponse response = new MockHttpServletResponse();
    final Reftrail reftrail;
    final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    /** @param accounts the class of the bean that signs people up */
    SignUpApplication(Store store, Class<?> accounts, Class<?>... configuration) {
        DriverManagerDataSource database =
                new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        UnitOfWork unitOfWork = new SpringJdbcUnitOfWork(database);
        reftrail = Reftrail.builder()
                .backend(IntrowBackend.of("key"))
                .leads(LeadSettings.DEFAULT.withTrigger(LeadTrigger.SIGN_UP))
                .transport(backend)
                .unitOfWork(unitOfWork)
                .leadListener((name, status) -> heard.add(status + " " + place()))
                .outbox(
                        store == Store.MEMORY
                                ? new InMemoryOutbox(10, Clock.systemUTC())
                                : JdbcOutbox.on(database)
                                        .unitOfWork(unitOfWork)
                                        .createSchema(true)
                                        .open())
                .build();
        DefaultListableBeanFactory beans = context.getDefaultListableBeanFactory();
        beans.registerSingleton("reftrail", reftrail);
        beans.registerSingleton("transactionManager", new JdbcTransactionManager(database));
        context.registerBean("accounts", accounts);
        context.register(configuration);
        serve("_introw_aff=aff_1");
        context.refresh();
    }

    /** Where a lead was taken: it belongs to a transaction only if it was inside. */
    private static String place() {
        return TransactionSynchronizationManager.isActualTransactionActive() ? "inside" : "outside";
    }

    /** Has the thread serve a request with these cookies. */
    MockHttpServletRequest serve(String cookies) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader("Cookie", cookies);
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request, response));
        return request;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Delivers what is committed, and returns the addresses that the backend got. */
    List<String> reported() {
        reftrail.close();
        return backend.bodies().stream()
                .map(body -> body.replaceAll(".*\"email\":\"([^@]*)@.*", "$1"))
                .toList();
    }

    /** The reasons of the decisions about leads, the latest first. */
    List<String> reasons() {
        return reftrail.operations().recentDecisions().stream()
                .filter(decision -> decision.stage() == Decision.Stage.LEAD)
                .map(Decision::reason)
                .toList();
    }

    boolean hasExpiredTheCookie() {
        return response.getHeaders("Set-Cookie").stream()
                .anyMatch(line -> line.startsWith("_introw_aff=;") && line.contains("Max-Age=0"));
    }

    @Override
    public void close() {
        RequestContextHolder.resetRequestAttributes();
        context.close();
        reftrail.close();
    }
}
