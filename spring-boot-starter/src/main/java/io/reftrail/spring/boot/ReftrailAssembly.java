package io.reftrail.spring.boot;

import io.reftrail.Reftrail;
import io.reftrail.ReftrailBuilder;
import io.reftrail.backend.IntrowBackend;
import io.reftrail.backend.RefportBackend;
import io.reftrail.capture.CookieSettings;
import io.reftrail.delivery.DeliverySettings;
import org.jspecify.annotations.Nullable;

/** Turns properties into a builder. A key that is empty, as an unset environment variable gives it, counts as absent. */
final class ReftrailAssembly {

    private final ReftrailBuilder builder = Reftrail.builder();

    ReftrailAssembly(ReftrailProperties properties) {
        addIntrow(properties.introw());
        addRefport(properties.refport());
        ReftrailProperties.Cookie cookie = properties.cookie();
        ReftrailProperties.Delivery delivery = properties.delivery();
        builder.cookies(new CookieSettings(cookie.path(), present(cookie.domain()), cookie.sameSite(), cookie.secure()))
                .attributionModel(properties.capture().attributionModel())
                .delivery(new DeliverySettings(
                        delivery.connectTimeout(),
                        delivery.responseTimeout(),
                        delivery.maxInFlight(),
                        delivery.shutdownTimeout()));
    }

    private void addIntrow(ReftrailProperties.Introw introw) {
        String apiKey = present(introw.apiKey());
        if (apiKey != null) {
            builder.backend(new IntrowBackend(apiKey, introw.baseUrl()));
        }
    }

    private void addRefport(ReftrailProperties.Refport refport) {
        String apiKey = present(refport.apiKey());
        if (apiKey != null) {
            builder.backend(new RefportBackend(apiKey, refport.baseUrl(), refport.leadEventName()));
        }
    }

    private static @Nullable String present(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    ReftrailBuilder builder() {
        return builder;
    }
}
