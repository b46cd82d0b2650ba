package io.example.acme;

import io.reftrail.backend.TrackingBackend;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class AcmeConfiguration {

    @Bean
    TrackingBackend acme(@Value("${acme.api-key}") String apiKey) {
        return new AcmeBackend(apiKey);
    }
}
