package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.servlet.ConsentPolicy;
import io.reftrail.servlet.ConsentPolicy.Consent;
import io.reftrail.servlet.ReferralCaptureFilter;
import jakarta.servlet.DispatcherType;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializerBeans;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** The filter in a whole Spring Boot application with Tomcat and Spring Security. */
class FilterRegistrationTests {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Shop {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class CautiousShop {

        @Bean
        ConsentPolicy consent() {
            return request -> Consent.REFUSED;
        }
    }

    private static ConfigurableApplicationContext start(Class<?> application, String... properties) {
        return new SpringApplicationBuilder(application)
                .initializers(context -> TestPropertyValues.of("server.port=0", "reftrail.introw.api-key=key")
                        .and(properties)
                        .applyTo(context))
                .run();
    }

    @Test
    void standsOnceBeforeSpringSecurity() {
        try (ConfigurableApplicationContext context = start(Shop.class)) {
            List<String> filters = filters(context);
            assertThat(filters)
                    .filteredOn(name -> name.contains("referralCaptureFilter"))
                    .hasSize(1);
            int ours = indexOf(filters, "referralCaptureFilter");
            assertThat(ours).isLessThan(indexOf(filters, "springSecurityFilterChain"));
            FilterRegistrationBean<?> registration =
                    context.getBean("referralCaptureFilter", FilterRegistrationBean.class);
            assertThat(registration.determineDispatcherTypes())
                    .containsExactlyInAnyOrder(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
            assertThat(registration.isAsyncSupported()).isTrue();
            assertThat(registration.getOrder()).isEqualTo(ReferralCaptureFilter.DEFAULT_ORDER);
        }
    }

    @Test
    void theFilterForSignInsOfTheSessionStandsBetweenTheCaptureFilterAndSpringSecurity() {
        try (ConfigurableApplicationContext context = start(Shop.class)) {
            List<String> filters = filters(context);
            assertThat(filters)
                    .filteredOn(name -> name.contains("sessionSignInFilter"))
                    .hasSize(1);
            assertThat(indexOf(filters, "sessionSignInFilter"))
                    .isGreaterThan(indexOf(filters, "referralCaptureFilter"))
                    .isLessThan(indexOf(filters, "springSecurityFilterChain"));
        }
    }

    private static List<String> filters(ConfigurableApplicationContext context) {
        return StreamSupport.stream(new ServletContextInitializerBeans(context.getBeanFactory()).spliterator(), false)
                .map(Object::toString)
                .toList();
    }

    private static int indexOf(List<String> filters, String name) {
        return filters.indexOf(filters.stream()
                .filter(filter -> filter.contains(name))
                .findFirst()
                .orElseThrow());
    }

    @Test
    void usesTheConsentPolicyOfTheApplication() throws Exception {
        try (ConfigurableApplicationContext context = start(CautiousShop.class)) {
            assertThat(land(context).getHeaders("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void obeysTheCaptureProperties() throws Exception {
        try (ConfigurableApplicationContext context = start(Shop.class, "reftrail.capture.strip=wrap")) {
            MockHttpServletResponse response = land(context);
            assertThat(response.getStatus()).isEqualTo(200);
            assertThat(response.getHeaders("Set-Cookie")).hasSize(2);
        }
        try (ConfigurableApplicationContext context = start(Shop.class, "reftrail.capture.exclude=/pricing")) {
            assertThat(land(context).getHeaders("Set-Cookie")).isEmpty();
        }
    }

    private static MockHttpServletResponse land(ConfigurableApplicationContext context) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/pricing");
        request.setServletPath("/pricing");
        request.setQueryString("irw_id=aff_1");
        request.addHeader("Accept", "text/html");
        MockHttpServletResponse response = new MockHttpServletResponse();
        FilterRegistrationBean<?> registration = context.getBean("referralCaptureFilter", FilterRegistrationBean.class);
        Objects.requireNonNull(registration.getFilter()).doFilter(request, response, new MockFilterChain());
        return response;
    }
}
