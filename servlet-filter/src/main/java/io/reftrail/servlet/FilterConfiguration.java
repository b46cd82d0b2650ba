package io.reftrail.servlet;

import io.reftrail.Reftrail;
import io.reftrail.ReftrailBuilder;
import io.reftrail.capture.CookieSettings;
import io.reftrail.capture.ReferralCapture.AttributionModel;
import io.reftrail.delivery.DeliverySettings;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.jdbc.JdbcUnitOfWork;
import jakarta.servlet.FilterConfig;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds what a filter in a {@code web.xml} needs from its init-params. */
final class FilterConfiguration {

    private static final Logger logger = LoggerFactory.getLogger(FilterConfiguration.class);

    private final InitParameters parameters;
    private final FilterSettings settings;
    private final OutboxConfiguration outbox;
    private final ReftrailBuilder builder = Reftrail.builder();
    private final boolean active;

    /** @throws io.reftrail.model.InvalidSettingException if an init-param is unknown or cannot work */
    FilterConfiguration(FilterConfig config) {
        this.parameters = new InitParameters(config);
        this.settings = readSettings();
        this.active = new BackendParameters(parameters).addTo(builder);
        if (!active) {
            logger.warn("Reftrail has no backend and captures nothing."
                    + " Set the key of one, for instance the init-param introw.api-key or dub.api-key.");
        }
        builder.cookies(new CookieSettings(
                parameters.text("cookie.path", CookieSettings.DEFAULT.path()),
                parameters.text("cookie.domain"),
                parameters.constant("cookie.same-site", CookieSettings.DEFAULT.sameSite()),
                parameters.constant("cookie.secure", CookieSettings.DEFAULT.secure()),
                Set.copyOf(parameters.list("cookie.keep-after-lead", List.of()))));
        builder.cookieSigning(new SigningParameters(parameters).signing());
        builder.attributionModel(parameters.constant("capture.attribution-model", AttributionModel.LAST_CLICK));
        builder.leads(new LeadParameters(parameters).settings());
        DeliverySettings delivery = DeliverySettings.DEFAULT;
        builder.delivery(new DeliverySettings(
                parameters.duration("delivery.connect-timeout", delivery.connectTimeout()),
                parameters.duration("delivery.response-timeout", delivery.responseTimeout()),
                parameters.number("delivery.max-in-flight", delivery.maxInFlight()),
                parameters.duration("delivery.shutdown-timeout", delivery.shutdownTimeout()),
                parameters.duration("delivery.poll-interval", delivery.pollInterval())));
        this.outbox = new OutboxConfiguration(parameters);
        parameters.refuseUnknown();
    }

    private FilterSettings readSettings() {
        ConsentPolicy consent = new ConsentParameters(parameters).policy();
        List<String> excludes = parameters.list("capture.exclude", List.of());
        return new FilterSettings(parameters.constant("capture.strip", StripMode.REDIRECT), excludes, consent);
    }

    /**
     * Builds the instance, with an outbox only if anything can ever wait in it.
     *
     * @throws io.reftrail.model.InvalidSettingException if the outbox cannot be opened as configured
     * @throws io.reftrail.outbox.OutboxException if its database cannot be reached
     */
    Reftrail reftrail(JdbcUnitOfWork unitOfWork, String contextPath) {
        if (active) {
            Outbox opened = outbox.open(unitOfWork, contextPath);
            builder.outbox(opened);
        }
        Reftrail reftrail = builder.unitOfWork(unitOfWork).build();
        if (active) {
            logger.info(
                    "Reftrail reports to {}; what is on its way waits in {}", reftrail.backends(), reftrail.outbox());
        }
        return reftrail;
    }

    FilterSettings settings() {
        return settings;
    }
}
