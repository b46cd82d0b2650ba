package io.reftrail.spring;

import io.reftrail.LeadRequest;
import io.reftrail.Reftrail;
import io.reftrail.capture.CookieExchange;
import io.reftrail.model.Attribution;
import io.reftrail.model.RedactedFailure;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.expression.BeanResolver;

/** Reports whom a method has signed up, when it has returned. Whatever goes wrong, its caller gets what it has returned. */
final class TrackLeadInterceptor implements MethodInterceptor {

    private static final Logger logger = LoggerFactory.getLogger(TrackLead.class);

    private final TrackedMethods methods;
    private final Supplier<? extends @Nullable Reftrail> reftrails;
    private final Supplier<? extends @Nullable BeanResolver> beans;
    private final ExchangeAtHand exchanges = new ExchangeAtHand(
            "A method with @TrackLead was called where no request is served, so nobody's click is known and there is no lead."
                    + " An import needs none; a method that is @Async is annotated in vain: annotate its caller.");

    TrackLeadInterceptor(
            TrackedMethods methods,
            Supplier<? extends @Nullable Reftrail> reftrails,
            Supplier<? extends @Nullable BeanResolver> beans) {
        this.methods = methods;
        this.reftrails = reftrails;
        this.beans = beans;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Object result = invocation.proceed();
        safely(() -> returned(invocation, result));
        return result;
    }

    private void returned(MethodInvocation invocation, @Nullable Object result) {
        Object target = invocation.getThis();
        TrackedMethod method = methods.find(invocation.getMethod(), target == null ? null : target.getClass());
        Reftrail reftrail = reftrails.get();
        CookieExchange exchange = method == null || reftrail == null ? null : exchanges.find(reftrail);
        if (method == null || reftrail == null || exchange == null) {
            return;
        }
        List<Attribution> attributions = reftrail.attributions(exchange);
        if (attributions.isEmpty()) {
            return;
        }
        @Nullable Object[] arguments = invocation.getArguments();
        if (result instanceof CompletionStage<?> stage) {
            stage.whenComplete((value, failure) -> safely(() -> {
                LeadRequest lead = failure == null ? method.signUp(arguments, value, beans.get()) : null;
                if (lead != null) {
                    attributions.forEach(attribution -> reftrail.lead(attribution, lead));
                }
            }));
        } else {
            LeadRequest lead = method.signUp(arguments, result, beans.get());
            if (lead != null) {
                reftrail.lead(exchange, lead);
            }
        }
    }

    private static void safely(Runnable report) {
        try {
            report.run();
        } catch (RuntimeException | Error failure) {
            logger.warn("A sign-up could not be reported", RedactedFailure.of(failure));
        }
    }
}
