package io.reftrail.servlet;

import io.reftrail.ReftrailBuilder;
import io.reftrail.backend.AffihubBackend;
import io.reftrail.backend.AffitorBackend;
import io.reftrail.backend.AffonsoBackend;
import io.reftrail.backend.DubBackend;
import io.reftrail.backend.DubBackend.LeadMode;
import io.reftrail.backend.IntrowBackend;
import io.reftrail.backend.IntrowBackend.Conversion;
import io.reftrail.backend.RefportBackend;
import io.reftrail.backend.SalesReporting;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.model.InvalidSettingException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the backends that have a key among the init-params. Asks for every init-param, so that all are known. */
final class BackendParameters {

    private final InitParameters parameters;

    BackendParameters(InitParameters parameters) {
        this.parameters = parameters;
    }

    /**
     * Adds the backends.
     *
     * @return whether there is any
     * @throws InvalidSettingException if one of them cannot work
     */
    boolean addTo(ReftrailBuilder builder) {
        List<TrackingBackend> active = Stream.of(affitor(), affonso(), affihub(), introw(), refport(), dub())
                .filter(Objects::nonNull)
                .toList();
        active.forEach(builder::backend);
        return !active.isEmpty();
    }

    private @Nullable TrackingBackend affitor() {
        String key = parameters.text("affitor.api-key");
        String url = parameters.text("affitor.base-url", AffitorBackend.BASE_URL);
        String program = parameters.text("affitor.program-id");
        boolean captureRef = parameters.flag("affitor.capture-ref");
        boolean testMode = parameters.flag("affitor.test-mode");
        String eventName = parameters.text("affitor.lead-event-name", AffitorBackend.LEAD_EVENT_NAME);
        SalesReporting sales = parameters.constant("affitor.sales", SalesReporting.API);
        int calls = parameters.number("affitor.calls-per-minute", 0);
        return key == null
                ? null
                : AffitorBackend.builder(key)
                        .baseUrl(url)
                        .programId(program)
                        .captureRef(captureRef)
                        .testMode(testMode)
                        .sales(sales)
                        .leadEventName(eventName)
                        .callsPerMinute(calls)
                        .build();
    }

    private @Nullable TrackingBackend affonso() {
        String key = parameters.text("affonso.api-key");
        String program = parameters.text("affonso.program-id", "");
        String url = parameters.text("affonso.base-url", AffonsoBackend.BASE_URL);
        List<String> names = parameters.list("affonso.parameters", AffonsoBackend.PARAMETERS);
        Duration cookie = parameters.duration("affonso.cookie-duration", AffonsoBackend.COOKIE_DURATION);
        boolean address = parameters.flag("affonso.send-ip-address", true);
        boolean agent = parameters.flag("affonso.send-user-agent", true);
        int calls = parameters.number("affonso.calls-per-minute", AffonsoBackend.CALLS_PER_MINUTE);
        return key == null
                ? null
                : AffonsoBackend.builder(key, program)
                        .baseUrl(url)
                        .parameters(names)
                        .cookieDuration(cookie)
                        .sendIpAddress(address)
                        .sendUserAgent(agent)
                        .callsPerMinute(calls)
                        .build();
    }

    private @Nullable TrackingBackend affihub() {
        String program = parameters.text("affihub.program-id");
        String url = parameters.text("affihub.base-url", AffihubBackend.BASE_URL);
        int calls = parameters.number("affihub.calls-per-minute", 0);
        return program == null
                ? null
                : AffihubBackend.builder(program)
                        .baseUrl(url)
                        .callsPerMinute(calls)
                        .build();
    }

    private @Nullable TrackingBackend introw() {
        String key = parameters.text("introw.api-key");
        String url = parameters.text("introw.base-url", IntrowBackend.BASE_URL);
        Conversion conversion = parameters.constant("introw.conversion", Conversion.SIGN_UP);
        int calls = parameters.number("introw.calls-per-minute", IntrowBackend.CALLS_PER_MINUTE);
        return key == null
                ? null
                : IntrowBackend.builder(key)
                        .baseUrl(url)
                        .conversion(conversion)
                        .callsPerMinute(calls)
                        .build();
    }

    private @Nullable TrackingBackend refport() {
        String key = parameters.text("refport.api-key");
        String url = parameters.text("refport.base-url", RefportBackend.BASE_URL);
        String eventName = parameters.text("refport.lead-event-name", RefportBackend.LEAD_EVENT_NAME);
        SalesReporting sales = parameters.constant("refport.sales", SalesReporting.API);
        int calls = parameters.number("refport.calls-per-minute", 0);
        return key == null
                ? null
                : RefportBackend.builder(key)
                        .baseUrl(url)
                        .leadEventName(eventName)
                        .sales(sales)
                        .callsPerMinute(calls)
                        .build();
    }

    private @Nullable TrackingBackend dub() {
        String key = parameters.text("dub.api-key");
        String url = parameters.text("dub.base-url", DubBackend.BASE_URL);
        String domain = parameters.text("dub.domain");
        List<String> names = parameters.list("dub.parameters", List.of());
        LeadMode mode = parameters.constant("dub.lead-mode", LeadMode.ASYNC);
        String eventName = parameters.text("dub.lead-event-name", DubBackend.LEAD_EVENT_NAME);
        int calls = parameters.number("dub.calls-per-minute", DubBackend.CALLS_PER_MINUTE);
        return key == null
                ? null
                : DubBackend.builder(key)
                        .baseUrl(url)
                        .domain(domain)
                        .parameters(names)
                        .leadMode(mode)
                        .leadEventName(eventName)
                        .callsPerMinute(calls)
                        .build();
    }
}
