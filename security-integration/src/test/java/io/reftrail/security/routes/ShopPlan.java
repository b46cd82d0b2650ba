package io.reftrail.security.routes;

import io.reftrail.LeadTrigger;
import io.reftrail.security.CustomerResolver;
import io.reftrail.security.DefaultCustomerResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How an application is built.
 *
 * @param root what its root context holds; there Spring Security lives
 * @param servlet what the context of its dispatcher servlet holds; if nothing, the servlet uses the root context
 * @param stages its filters, the outermost first
 * @param customers who its customers are
 * @param trigger who is a lead
 * @param threads what serves its requests, or {@code null} for the server's own
 */
record ShopPlan(
        List<Class<?>> root,
        List<Class<?>> servlet,
        List<Stage> stages,
        CustomerResolver customers,
        LeadTrigger trigger,
        @Nullable Supplier<Executor> threads) {

    /** As Spring Boot builds it, with a listener. */
    static ShopPlan of(Class<?>... root) {
        return withoutListener(root).and(Listening.class);
    }

    static ShopPlan withoutListener(Class<?>... root) {
        return new ShopPlan(
                List.of(root),
                List.of(),
                List.of(Stage.CAPTURE, Stage.REQUEST_CONTEXT, Stage.SPRING_SECURITY),
                new DefaultCustomerResolver(),
                LeadTrigger.FIRST_SIGN_IN,
                null);
    }

    ShopPlan and(Class<?> more) {
        List<Class<?>> all = new ArrayList<>(root);
        all.add(more);
        return new ShopPlan(List.copyOf(all), servlet, stages, customers, trigger, threads);
    }

    ShopPlan withServlet(Class<?>... configurations) {
        return new ShopPlan(root, List.of(configurations), stages, customers, trigger, threads);
    }

    ShopPlan withStages(Stage... filters) {
        return new ShopPlan(root, servlet, List.of(filters), customers, trigger, threads);
    }

    /** With the filter that looks for sign-ins in the session. */
    ShopPlan withSessionSignIns() {
        return withStages(Stage.CAPTURE, Stage.REQUEST_CONTEXT, Stage.SESSION_SIGN_INS, Stage.SPRING_SECURITY);
    }

    ShopPlan withCustomers(CustomerResolver resolver) {
        return new ShopPlan(root, servlet, stages, resolver, trigger, threads);
    }

    ShopPlan withThreads(Supplier<Executor> executor) {
        return new ShopPlan(root, servlet, stages, customers, trigger, executor);
    }
}
