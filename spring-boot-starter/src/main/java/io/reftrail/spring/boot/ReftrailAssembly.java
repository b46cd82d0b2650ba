package io.reftrail.spring.boot;

import io.reftrail.LeadSettings;
import io.reftrail.Reftrail;
import io.reftrail.ReftrailBuilder;
import io.reftrail.capture.CookieSettings;
import io.reftrail.delivery.DeliverySettings;
import org.jspecify.annotations.Nullable;

/** The conversion of properties into a builder. Empty values count as absent, as in a web.xml. */
final class ReftrailAssembly {

    private final ReftrailBuilder builder = Reftrail.builder();

    ReftrailAssembly(ReftrailProperties properties, ConfiguredBackends backends) {
        backends.all().forEach(builder::backend);
        ReftrailProperties.Cookie cookie = properties.cookie();
        ReftrailProperties.Delivery delivery = properties.delivery();
        builder.cookies(new CookieSettings(
                        cookie.path(),
                        present(cookie.domain()),
                        cookie.sameSite(),
                        cookie.secure(),
                        cookie.keepAfterLead()))
                .cookieSigning(cookie.signing())
                .attributionModel(properties.capture().attributionModel())
                .leads(new LeadSettings(
                        properties.lead().trigger(),
                        properties.lead().include(),
                        properties.lead().cutOff(),
                        properties.lead().createdAtTolerance()))
                .delivery(new DeliverySettings(
                        delivery.connectTimeout(),
                        delivery.responseTimeout(),
                        delivery.maxInFlight(),
                        delivery.shutdownTimeout(),
                        delivery.pollInterval()));
    }

    static @Nullable String present(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    ReftrailBuilder builder() {
        return builder;
    }
}
