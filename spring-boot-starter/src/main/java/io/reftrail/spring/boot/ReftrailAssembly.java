package io.reftrail.spring.boot;

import io.reftrail.Reftrail;
import io.reftrail.ReftrailBuilder;
import io.reftrail.backend.IntrowBackend;
import io.reftrail.backend.RefportBackend;
import io.reftrail.capture.CookieSettings;
import io.reftrail.delivery.DeliverySettings;
import org.jspecify.annotations.Nullable;

/** Turns properties into a builder. What is empty counts as absent, as in a web.xml. */
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
                        delivery.shutdownTimeout(),
                        delivery.pollInterval()));
    }

    /** Whether the properties activate a backend. */
    static boolean hasKey(ReftrailProperties properties) {
        return present(properties.introw().apiKey()) != null
                || present(properties.refport().apiKey()) != null;
    }

    private void addIntrow(ReftrailProperties.Introw introw) {
        String apiKey = present(introw.apiKey());
        if (apiKey != null) {
            builder.backend(new IntrowBackend(
                    apiKey, present(introw.baseUrl(), IntrowBackend.BASE_URL), introw.callsPerMinute()));
        }
    }

    private void addRefport(ReftrailProperties.Refport refport) {
        String apiKey = present(refport.apiKey());
        if (apiKey != null) {
            builder.backend(new RefportBackend(
                    apiKey,
                    present(refport.baseUrl(), RefportBackend.BASE_URL),
                    present(refport.leadEventName(), RefportBackend.LEAD_EVENT_NAME),
                    refport.callsPerMinute()));
        }
    }

    private static @Nullable String present(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static String present(String text, String otherwise) {
        return text.isBlank() ? otherwise : text;
    }

    ReftrailBuilder builder() {
        return builder;
    }
}
