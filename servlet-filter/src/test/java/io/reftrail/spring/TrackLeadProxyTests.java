package io.reftrail.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reftrail.Reftrail;
import io.reftrail.spring.SignUpApplication.Store;
import io.reftrail.spring.TrackedBeans.Closed;
import io.reftrail.spring.TrackedBeans.ClosedWithoutInterface;
import io.reftrail.spring.TrackedBeans.Generic;
import io.reftrail.spring.TrackedBeans.Heir;
import io.reftrail.spring.TrackedBeans.Infrastructure;
import io.reftrail.spring.TrackedBeans.Needing;
import io.reftrail.spring.TrackedBeans.Open;
import io.reftrail.spring.TrackedBeans.Plain;
import io.reftrail.spring.TrackedBeans.Shortcut;
import io.reftrail.spring.TrackedBeans.SignUps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactoryBean;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** Which beans are given a proxy, of which kind, and that each reports once. */
class TrackLeadProxyTests {

    private static void assertOneLead(SignUpApplication application) {
        assertThat(application.heard).containsExactly("ENQUEUED outside");
        assertThat(application.reported()).containsExactly("mia");
    }

    @ParameterizedTest
    @ValueSource(classes = {Open.class, Heir.class, Closed.class, Generic.class, Shortcut.class})
    void anAnnotatedMethodReportsOnce(Class<?> signUps) {
        try (SignUpApplication application =
                new SignUpApplication(Store.MEMORY, signUps, TrackingConfiguration.class)) {
            assertThat(application.bean(SignUps.class).open("mia")).startsWith("mia");

            assertOneLead(application);
        }
    }

    @Test
    void aClassIsExtendedAndAClosedOneReplacedByItsInterfaces() {
        try (SignUpApplication open = new SignUpApplication(Store.MEMORY, Open.class, TrackingConfiguration.class);
                SignUpApplication closed =
                        new SignUpApplication(Store.MEMORY, Closed.class, TrackingConfiguration.class)) {
            assertThat(AopUtils.isCglibProxy(open.bean(SignUps.class))).isTrue();
            assertThat(AopUtils.isJdkDynamicProxy(closed.bean(SignUps.class))).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Plain.class, Infrastructure.class})
    void otherBeansAreLeftAlone(Class<?> signUps) {
        try (SignUpApplication application =
                new SignUpApplication(Store.MEMORY, signUps, TrackingConfiguration.class)) {
            application.bean(SignUps.class).open("mia");

            assertThat(application.bean(SignUps.class)).isExactlyInstanceOf(signUps);
            assertThat(application.heard).isEmpty();
        }
    }

    @Test
    void aClosedClassWithoutInterfacesDoesNotStart() {
        assertThatThrownBy(() ->
                        new SignUpApplication(Store.MEMORY, ClosedWithoutInterface.class, TrackingConfiguration.class))
                .hasMessageContaining(ClosedWithoutInterface.class.getName())
                .hasMessageContaining("final class");
    }

    /** A proxy whose target is a bean that has one already. */
    @Configuration(proxyBeanMethods = false)
    static class ProxyOfBean extends TrackingConfiguration {

        @Bean
        ProxyFactoryBean outer() {
            ProxyFactoryBean proxies = new ProxyFactoryBean();
            proxies.setTargetName("accounts");
            proxies.setInterfaces(SignUps.class);
            return proxies;
        }
    }

    @Test
    void aProxyOfABeanThatReportsDoesNotReportAgain() {
        try (SignUpApplication application = new SignUpApplication(Store.MEMORY, Open.class, ProxyOfBean.class)) {
            ((SignUps) application.context.getBean("outer")).open("mia");

            assertThat(((Advised) application.context.getBean("accounts")).getAdvisors())
                    .hasSize(1);
            assertOneLead(application);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    static class Transactions extends TrackingConfiguration {}

    @ParameterizedTest
    @ValueSource(classes = {TrackingConfiguration.class, Transactions.class})
    void beansThatNeedEachOtherReportToo(Class<?> configuration) {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.register(configuration);
            for (String[] pair : new String[][] {{"one", "two"}, {"two", "one"}}) {
                RootBeanDefinition bean = new RootBeanDefinition(Needing.class);
                bean.getPropertyValues().add("other", new RuntimeBeanReference(pair[1]));
                context.registerBeanDefinition(pair[0], bean);
            }
            context.refresh();

            Needing one = context.getBean("one", Needing.class);
            Needing two = context.getBean("two", Needing.class);
            assertThat(AopUtils.isAopProxy(one)).isTrue();
            assertThat(AopUtils.isAopProxy(two)).isTrue();
            assertThat(one.other()).isSameAs(two);
            assertThat(two.other()).isSameAs(one);
        }
    }

    @Test
    void nothingIsCreatedBeforeSomebodySignsUp() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.register(TrackingConfiguration.class);
            context.registerBean("accounts", Open.class);
            context.registerBean(
                    "reftrail", Reftrail.class, () -> Reftrail.builder().build(), bean -> bean.setLazyInit(true));
            context.refresh();

            assertThat(context.getDefaultListableBeanFactory().containsSingleton("reftrail"))
                    .isFalse();
            assertThat(context.getBean(SignUps.class).open("mia")).isEqualTo("mia");
        }
    }

    @Test
    void whereThereIsNoReftrailTheMethodGoesOn() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.register(TrackingConfiguration.class);
            context.registerBean("accounts", Open.class);
            context.refresh();

            assertThat(context.getBean(SignUps.class).open("mia")).isEqualTo("mia");
        }
    }
}
