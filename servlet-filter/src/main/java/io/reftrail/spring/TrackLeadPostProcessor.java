package io.reftrail.spring;

import io.reftrail.Reftrail;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
 * Has beans with a {@link TrackLead} report whom they sign up. Adds its advice to the proxy that stands next to the bean, and
 * makes one where there is none; so it runs inside of transactions, repetitions and everything else that a proxy does. Beans
 * without the annotation are left alone. The starter registers it; elsewhere it is a {@code static @Bean} method:
 *
 * <pre>{@code
 * @Bean
 * static TrackLeadPostProcessor trackLead(ObjectProvider<Reftrail> reftrail) {
 *     return new TrackLeadPostProcessor(reftrail::getIfAvailable);
 * }
 * }</pre>
 *
 * <p>Its proxies extend the bean's class; of a class that cannot be extended they implement the interfaces. Thread-safe.
 */
@SuppressWarnings("serial")
public final class TrackLeadPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {

    private final TrackedMethods methods = new TrackedMethods();
    private final Map<String, Object> earlyBeans = new ConcurrentHashMap<>();
    private volatile @Nullable BeanFactory beans;

    /**
     * @param reftrail asked for at each sign-up, so that nothing is created early; {@code null} from it means no leads
     */
    public TrackLeadPostProcessor(Supplier<? extends @Nullable Reftrail> reftrail) {
        setProxyTargetClass(true);
        this.advisor =
                new DefaultPointcutAdvisor(methods, new TrackLeadInterceptor(methods, reftrail, this::beanResolver));
    }

    /** Remembers where the beans are that expressions name; Spring Framework 6.2 keeps its own field of that to itself. */
    @Override
    public void setBeanFactory(BeanFactory beanFactory) {
        super.setBeanFactory(beanFactory);
        this.beans = beanFactory;
    }

    private @Nullable BeanResolver beanResolver() {
        BeanFactory factory = beans;
        return factory == null ? null : new BeanFactoryResolver(factory);
    }

    /** Beans that need each other are given away before they are ready, with their advice. */
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
}
