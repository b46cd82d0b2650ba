package io.reftrail.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reftrail.Reftrail;
import io.reftrail.spring.SignUpApplication.Store;
import io.reftrail.spring.TrackedAccounts.Accounts;
import io.reftrail.spring.TrackedAccounts.Closed;
import io.reftrail.spring.TrackedAccounts.End;
import io.reftrail.spring.TrackedAccounts.OnClass;
import io.reftrail.spring.TrackedAccounts.OnInterface;
import io.reftrail.spring.TrackedAccounts.OnMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.ProxyTransactionManagementConfiguration;

/** A lead of an annotated method is in the method's own transaction, however its proxies were made. */
class TrackLeadTransactionTests {

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    static class InterfaceProxies extends TrackingConfiguration {}

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    static class ClassProxies extends InterfaceProxies {}

    /** A second proxy around the transactional one. */
    @Configuration(proxyBeanMethods = false)
    static class ProxyInProxy extends InterfaceProxies {

        @Bean
        static BeanNameAutoProxyCreator outerProxies() {
            BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
            creator.setBeanNames("accounts");
            creator.setInterceptorNames("listening");
            creator.setOrder(Ordered.LOWEST_PRECEDENCE - 1);
            return creator;
        }

        @Bean
        static MethodInterceptor listening() {
            return invocation -> invocation.proceed();
        }
    }

    /** Reftrail's advice precedes that of the transactions. */
    @Configuration(proxyBeanMethods = false)
    static class OursFirst extends ProxyTransactionManagementConfiguration {

        @Bean
        static TrackLeadPostProcessor trackLead(ObjectProvider<Reftrail> reftrail) {
            TrackLeadPostProcessor processor = new TrackLeadPostProcessor(reftrail::getIfAvailable);
            processor.setOrder(Ordered.HIGHEST_PRECEDENCE);
            return processor;
        }

        @Bean
        static DefaultAdvisorAutoProxyCreator lateProxies() {
            return new DefaultAdvisorAutoProxyCreator();
        }
    }

    static Stream<Arguments> applications() {
        List<Arguments> all = new ArrayList<>();
        for (Store store : Store.values()) {
            for (Class<?> proxies :
                    List.of(InterfaceProxies.class, ClassProxies.class, ProxyInProxy.class, OursFirst.class)) {
                for (Class<?> accounts : List.of(OnMethod.class, OnClass.class, OnInterface.class, Closed.class)) {
                    if (accounts != Closed.class || proxies != ClassProxies.class) {
                        all.add(Arguments.of(store, proxies, accounts));
                    }
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("applications")
    void isCommittedWithTheSignUp(Store store, Class<?> proxies, Class<?> accounts) {
        try (SignUpApplication application = new SignUpApplication(store, accounts, proxies)) {
            application.bean(Accounts.class).open("mia", End.COMMIT);

            assertThat(application.heard)
                    .containsExactlyElementsOf(
                            store == Store.DATABASE
                                    ? List.of("ENQUEUED inside")
                                    : List.of("AFTER_COMMIT inside", "ENQUEUED inside"));
            assertThat(application.hasExpiredTheCookie()).isTrue();
            assertThat(application.reported()).containsExactly("mia");
        }
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("applications")
    void isRolledBackWithTheSignUp(Store store, Class<?> proxies, Class<?> accounts) {
        try (SignUpApplication application = new SignUpApplication(store, accounts, proxies)) {
            Accounts bean = application.bean(Accounts.class);
            bean.open("mia", End.ROLLBACK_ONLY);
            assertThatThrownBy(() -> bean.open("kim", End.COMMIT_FAILS)).hasMessage("a constraint is violated");

            assertThat(application.heard).hasSize(2).allMatch(status -> status.endsWith(" inside"));
            assertThat(application.hasExpiredTheCookie()).isFalse();
            assertThat(application.reported()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("applications")
    void isNoneWhereTheMethodThrows(Store store, Class<?> proxies, Class<?> accounts) {
        try (SignUpApplication application = new SignUpApplication(store, accounts, proxies)) {
            Accounts bean = application.bean(Accounts.class);
            assertThatThrownBy(() -> bean.open("mia", End.THROWS)).hasMessage("the name is taken");

            assertThat(application.heard).isEmpty();
            assertThat(application.reported()).isEmpty();
        }
    }
}
