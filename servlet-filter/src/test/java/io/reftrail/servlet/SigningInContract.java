package io.reftrail.servlet;

import io.reftrail.Reftrail;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.delivery.DeliverySettings;
import io.reftrail.model.Customer;
import io.reftrail.model.Decision;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** What every sign-in by a container needs: an application with pages to sign in and out, a backend, and a visitor. */
abstract class SigningInContract extends ServedContract {

    static final Duration SOON = Duration.ofSeconds(10);
    static final String[] CLICK = {"_introw_aff", "_reftrail_introw"};

    final StubBackend backend = new StubBackend();

    /** The names of the reported principals, in order. */
    final List<String> told = new CopyOnWriteArrayList<>();

    /** What became of the leads, in order. */
    final List<String> leads = new CopyOnWriteArrayList<>();

    final MovedClock clock = new MovedClock();

    final Reftrail own = Reftrail.builder()
            .backend(IntrowBackend.builder("key-of-introw")
                    .baseUrl(backend.url())
                    .build())
            .delivery(new DeliverySettings(Duration.ofSeconds(2), Duration.ofSeconds(20), 8, Duration.ZERO))
            .clock(clock)
            .leadListener((name, status) -> leads.add(status.name()))
            .build();

    final Surfer visitor = new Surfer(this::port);

    /** When the accounts were opened, as the resolver knows it. */
    @Nullable
    Instant createdAt;

    @Nullable
    Customer resolve(HttpServletRequest request) {
        told.add(String.valueOf(request.getUserPrincipal()));
        String name = request.getRemoteUser();
        return Customer.of(name).withEmail(name + "@example.com").withCreatedAt(createdAt);
    }

    /** The reasons of the decisions about sign-ins. */
    List<String> reasons() {
        return own.operations().recentDecisions().stream()
                .filter(decision -> decision.stage() == Decision.Stage.SIGN_IN)
                .map(Decision::reason)
                .toList();
    }

    /** The application behind both filters. */
    WebApp securedApp(Security security) {
        return pages(new WebApp(ReferralCaptureFilter.builder(own).build())
                .behind(new SignInFilter(this::resolve), DispatcherType.REQUEST, DispatcherType.ASYNC)
                .secured(security));
    }

    static WebApp pages(WebApp app) {
        Page who = (request, response) -> response.getWriter().print("hello " + request.getRemoteUser());
        return app.page("/", who)
                .page(Security.PROTECTED, who)
                .page("/login", (request, response) -> response.getWriter().print("your name?"))
                .page("/wrong", (request, response) -> response.getWriter().print("wrong name"))
                .page("/session", (request, response) -> request.getSession())
                .page("/in", SigningInContract::in)
                .page("/check", (request, response) -> response.getWriter().print(request.authenticate(response)))
                .page("/out", (request, response) -> request.logout());
    }

    static void in(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        request.login(request.getParameter("name"), Security.PASSWORD);
        response.getWriter().print("hello " + request.getRemoteUser());
    }

    /** The cookies that a response sets, without the container's own. */
    static List<String> cookies(RawResponse response) {
        return response.cookies().stream()
                .filter(line -> !line.startsWith("JSESSIONID="))
                .toList();
    }

    @AfterEach
    void close() {
        stopServer();
        own.close();
        backend.close();
    }
}
