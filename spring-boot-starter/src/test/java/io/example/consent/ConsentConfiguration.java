package io.example.consent;

import io.reftrail.servlet.ConsentPolicy;
import io.reftrail.servlet.ConsentPolicy.Consent;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ConsentConfiguration {

    @Bean
    ConsentPolicy consent() {
        ConsentPolicy decided = ConsentPolicy.cookie("OptanonAlertBoxClosed", Pattern.compile("\\d"));
        ConsentPolicy targeting = ConsentPolicy.cookie("OptanonConsent", Pattern.compile("C0004:1"));
        ConsentPolicy oneTrust =
                request -> decided.decide(request) == Consent.GRANTED ? targeting.decide(request) : Consent.PENDING;
        return ConsentPolicy.GLOBAL_PRIVACY_CONTROL.and(oneTrust);
    }
}
