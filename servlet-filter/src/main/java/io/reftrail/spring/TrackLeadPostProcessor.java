package io.reftrail.spring;

import io.reftrail.LeadRequest;
import io.reftrail.LeadStatus;
import io.reftrail.Reftrail;
import io.reftrail.capture.CookieExchange;
import io.reftrail.model.Attribution;
import io.reftrail.model.RedactedFailure;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.expression.BeanResolver;

/**
 * A post-processor that makes methods with a {@link TrackLead} annotation report leads. It adds its advice to the proxy next to the
 * bean, and creates a proxy if there is none, so that the advice runs inside of transactions, retries and everything else that a
 * proxy does. Beans without the annotation stay as they are. The starter registers it; elsewhere write a {@code static @Bean} method:
 *
 * <pre>{@code
 * @Bean
 * static TrackLeadPostProcessor trackLead(ObjectProvider<Reftrail> reftrail) {
 *     return new TrackLeadPostProcessor(reftrail::getIfAvailable);
 * }
 * }</pre>
 *
 * <p>Its proxies extend the bean's class. For a class that cannot be extended they implement its interfaces. Thread-safe.
 */
@SuppressWarnings("serial")
public final class TrackLeadPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {

    private final TrackedMethods methods = new TrackedMethods();
    private final Map<String, Object> earlyBeans = new ConcurrentHashMap<>();
    private volatile @Nullable BeanFactory beans;

    /**
     * @param reftrail supplies the instance at each sign-up, so that it is not created early; {@code null} reports nothing
     */
    public TrackLeadPostProcessor(Supplier<? extends @Nullable Reftrail> reftrail) {
        setProxyTargetClass(true);
        this.advisor = new DefaultPointcutAdvisor(methods, new LeadInterceptor(methods, reftrail, this::beanResolver));
    }

    /** Keeps the factory for the beans that expressions name; the field of Spring Framework 6.2 is private. */
    @Override
    public void setBeanFactory(BeanFactory beanFactory) {
        super.setBeanFactory(beanFactory);
        this.beans = beanFactory;
    }

    /** Returns whether a bean that exists so far has a method with the annotation. */
    public boolean hasTrackedMethods() {
        return methods.areAny();
    }

    private @Nullable BeanResolver beanResolver() {
        BeanFactory factory = beans;
        return factory == null ? null : new BeanFactoryResolver(factory);
    }

    /** Beans of a circular dependency are injected before they are initialized, with their advice. */
    @Override
    public Object getEarlyBeanReference(Object bean, String beanName) {
        earlyBeans.put(beanName, target(bean));
        return advised(bean, beanName);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        return earlyBeans.remove(beanName) == bean ? bean : advised(bean, beanName);
    }

    private Object advised(Object bean, String beanName) {
        Object inner = bean;
        while (AopProxyUtils.getSingletonTarget(inner) instanceof Advised proxy && !proxy.isFrozen()) {
            inner = proxy;
        }
        if (advisor == null || (inner instanceof Advised proxy && proxy.indexOf(advisor) >= 0)) {
            return bean;
        }
        Object advised = super.postProcessAfterInitialization(inner, beanName);
        return inner == bean ? advised : bean;
    }

    private static Object target(Object bean) {
        Object target = AopProxyUtils.getSingletonTarget(bean);
        return target == null ? bean : target(target);
    }

    @Override
    protected boolean isEligible(Class<?> targetClass) {
        return !AopInfrastructureBean.class.isAssignableFrom(targetClass) && methods.areIn(targetClass);
    }

    @Override
    protected ProxyFactory prepareProxyFactory(Object bean, String beanName) {
        ProxyFactory factory = super.prepareProxyFactory(bean, beanName);
        Class<?> type = bean.getClass();
        if (Modifier.isFinal(type.getModifiers()) || type.isSealed()) {
            factory.setProxyTargetClass(false);
        }
        return factory;
    }

    /** Reports the lead of a call after the method has returned. It never fails the caller. */
    private static final class LeadInterceptor implements MethodInterceptor {

        private static final Logger logger = LoggerFactory.getLogger(TrackLead.class);

        private final TrackedMethods methods;
        private final Supplier<? extends @Nullable Reftrail> reftrails;
        private final Supplier<? extends @Nullable BeanResolver> beans;
        private final AtomicBoolean hasLoggedMissingRequest = new AtomicBoolean();

        LeadInterceptor(
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
            Reftrail reftrail = reftrail();
            if (reftrail != null) {
                safely(reftrail, () -> returned(invocation, result, reftrail));
            }
            return result;
        }

        private @Nullable Reftrail reftrail() {
            try {
                return reftrails.get();
            } catch (RuntimeException | Error failure) {
                logger.warn("Could not report a sign-up", RedactedFailure.of(failure));
                return null;
            }
        }

        private void returned(MethodInvocation invocation, @Nullable Object result, Reftrail reftrail) {
            Object target = invocation.getThis();
            TrackedMethod method = methods.find(invocation.getMethod(), target == null ? null : target.getClass());
            if (method == null) {
                return;
            }
            CookieExchange exchange = CurrentExchange.any(reftrail);
            if (exchange == null) {
                reftrail.visits().decided(LeadStatus.NO_REQUEST, null, null);
                logMissingRequest();
                return;
            }
            if (!method.mayHaveCode() && !reftrail.mayBeReferred(exchange)) {
                reftrail.visits().decided(LeadStatus.NO_CLICK, null, exchange.route());
                return;
            }
            @Nullable Object[] arguments = invocation.getArguments();
            if (result instanceof CompletionStage<?> stage) {
                String route = exchange.route();
                String code = method.code(arguments, beans.get());
                List<Attribution> attributions = reftrail.attributions(exchange, code);
                if (attributions.isEmpty()) {
                    reftrail.visits().decided(LeadStatus.NO_CLICK, null, route);
                    return;
                }
                stage.whenComplete((value, failure) -> safely(reftrail, () -> {
                    LeadRequest lead = failure == null ? method.signUp(arguments, value, beans.get()) : null;
                    if (lead == null) {
                        reftrail.visits().decided(LeadStatus.NO_CUSTOMER, null, route);
                    } else {
                        attributions.forEach(attribution -> reftrail.lead(attribution, lead));
                    }
                }));
            } else {
                LeadRequest lead = method.signUp(arguments, result, beans.get());
                if (lead == null) {
                    reftrail.visits().decided(LeadStatus.NO_CUSTOMER, null, exchange.route());
                } else {
                    reftrail.lead(exchange, lead);
                }
            }
        }

        private void logMissingRequest() {
            if (hasLoggedMissingRequest.compareAndSet(false, true)) {
                logger.warn(
                        "A method with @TrackLead was called outside of a request, so the click is unknown and no lead is reported."
                                + " This is right for an import. If the method is @Async, annotate its caller instead.");
            }
        }

        private static void safely(Reftrail reftrail, Runnable report) {
            try {
                report.run();
            } catch (LeadExpression.Failure logged) {
                reftrail.visits().decided(LeadStatus.REFUSED, null, null);
            } catch (RuntimeException | Error failure) {
                logger.warn("Could not report a sign-up", RedactedFailure.of(failure));
                reftrail.visits().decided(LeadStatus.REFUSED, null, null);
            }
        }
    }
}
