package io.reftrail.spring.boot;

import io.reftrail.Reftrail;
import io.reftrail.servlet.ConsentPolicy;
import io.reftrail.servlet.ConsentSettings;
import io.reftrail.servlet.ReferralCaptureFilter;
import jakarta.servlet.DispatcherType;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the capture filter, for all paths and before Spring Security. In ASYNC and ERROR dispatches the filter
 * captures nothing and keeps responses with Reftrail's cookies out of shared caches. Backs off for a filter of the application,
 * or a registration of one.
 */
@AutoConfiguration(after = ReftrailAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty(name = "reftrail.enabled", matchIfMissing = true)
@ConditionalOnBean(Reftrail.class)
public final class ReftrailFilterAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(
            value = ReferralCaptureFilter.class,
            parameterizedContainer = FilterRegistrationBean.class)
    FilterRegistrationBean<ReferralCaptureFilter> referralCaptureFilter(
            Reftrail reftrail, ReftrailProperties properties, ObjectProvider<ConsentPolicy> consent) {
        ReftrailProperties.Capture capture = properties.capture();
        ConsentPolicy configured = consent(properties);
        ReferralCaptureFilter filter = ReferralCaptureFilter.builder(reftrail)
                .strip(capture.strip())
                .exclude(capture.exclude())
                .responseHeaderLimit(capture.responseHeaderLimit())
                .explain(properties.debug().explain())
                .consent(consent.getIfAvailable(() -> configured))
                .build();
        FilterRegistrationBean<ReferralCaptureFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(properties.filter().order());
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
        return registration;
    }

    private static ConsentPolicy consent(ReftrailProperties properties) {
        ReftrailProperties.Consent consent = properties.consent();
        return new ConsentSettings(
                        ReftrailAutoConfiguration.present(consent.cookieName()),
                        ReftrailAutoConfiguration.present(consent.cookieGranted()),
                        ReftrailAutoConfiguration.present(consent.cookieRefused()),
                        consent.tcfCookieName(),
                        consent.tcfPurposes(),
                        properties.capture().honourGlobalPrivacyControl())
                .policy();
    }
}
