package io.reftrail.spring.boot;

import io.reftrail.backend.AffihubBackend;
import io.reftrail.backend.AffitorBackend;
import io.reftrail.backend.AffonsoBackend;
import io.reftrail.backend.DubBackend;
import io.reftrail.backend.DubBackend.LeadMode;
import io.reftrail.backend.IntrowBackend;
import io.reftrail.backend.IntrowBackend.Conversion;
import io.reftrail.backend.RefportBackend;
import io.reftrail.backend.SalesReporting;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The settings of each vendor. None shows its key. */
final class BackendProperties {

    private BackendProperties() {}

    /**
     * The Affitor backend.
     *
     * @param apiKey The program's tracking token; activates the backend.
     * @param baseUrl Where the API lives.
     * @param programId The program's id; needed for the checkout hand-over and in test mode.
     * @param captureRef Whether "ref" is taken for a partner's code too, as in older links.
     * @param testMode Whether clicks, leads and sales are reported as tests, which count for nobody.
     * @param leadEventName The label of the sign-up event.
     * @param sales How the vendor learns of sales.
     * @param callsPerMinute How many calls in a minute all nodes make together; 0 for no limit.
     */
    record Affitor(
            @Nullable String apiKey,
            @DefaultValue(AffitorBackend.BASE_URL) String baseUrl,
            @Nullable String programId,
            @DefaultValue("false") boolean captureRef,
            @DefaultValue("false") boolean testMode,
            @DefaultValue(AffitorBackend.LEAD_EVENT_NAME) String leadEventName,
            @DefaultValue("api") SalesReporting sales,
            @DefaultValue("0") int callsPerMinute) {

        /** Leaves the key out. */
        @Override
        public String toString() {
            return "Affitor[baseUrl=" + baseUrl + "]";
        }
    }

    /**
     * The Affonso backend.
     *
     * @param apiKey The secret key; activates the backend.
     * @param programId The program's id; needed.
     * @param baseUrl Where the API lives.
     * @param parameters Which of Affonso's query parameters are captured; leave out what the program has switched off.
     * @param cookieDuration How long a click is kept; Affonso documents no default.
     * @param sendIpAddress Whether a click is reported with the visitor's IP address.
     * @param sendUserAgent Whether a click is reported with the visitor's user agent.
     * @param callsPerMinute How many calls in a minute all nodes make together; 0 for no limit.
     */
    record Affonso(
            @Nullable String apiKey,
            @Nullable String programId,
            @DefaultValue(AffonsoBackend.BASE_URL) String baseUrl,

            @DefaultValue({"atp", "via", "affonso", "aff", "ref"})
            List<String> parameters,

            @DefaultValue("30d") Duration cookieDuration,
            @DefaultValue("true") boolean sendIpAddress,
            @DefaultValue("true") boolean sendUserAgent,

            @DefaultValue("" + AffonsoBackend.CALLS_PER_MINUTE)
            int callsPerMinute) {

        /** Leaves the key out. */
        @Override
        public String toString() {
            return "Affonso[baseUrl=" + baseUrl + "]";
        }
    }

    /**
     * The Affihub backend.
     *
     * @param programId The program's id; activates the backend.
     * @param baseUrl Where the API lives.
     * @param callsPerMinute How many calls in a minute all nodes make together; 0 for no limit.
     */
    record Affihub(
            @Nullable String programId,
            @DefaultValue(AffihubBackend.BASE_URL) String baseUrl,
            @DefaultValue("0") int callsPerMinute) {}

    /**
     * The Introw backend.
     *
     * @param apiKey Secret key with the scope affiliate:write; activates the backend.
     * @param baseUrl Where the API lives.
     * @param conversion Which event of a customer is the one that counts.
     * @param callsPerMinute How many calls in a minute all nodes make together; 0 for no limit.
     */
    record Introw(
            @Nullable String apiKey,
            @DefaultValue(IntrowBackend.BASE_URL) String baseUrl,
            @DefaultValue("sign-up") Conversion conversion,

            @DefaultValue("" + IntrowBackend.CALLS_PER_MINUTE)
            int callsPerMinute) {

        /** Leaves the key out. */
        @Override
        public String toString() {
            return "Introw[baseUrl=" + baseUrl + "]";
        }
    }

    /**
     * The Refport backend.
     *
     * @param apiKey The account's key; activates the backend.
     * @param baseUrl Where the API lives.
     * @param leadEventName The label of the sign-up event.
     * @param sales How the vendor learns of sales.
     * @param callsPerMinute How many calls in a minute all nodes make together; 0 for no limit.
     */
    record Refport(
            @Nullable String apiKey,
            @DefaultValue(RefportBackend.BASE_URL) String baseUrl,
            @DefaultValue(RefportBackend.LEAD_EVENT_NAME) String leadEventName,
            @DefaultValue("api") SalesReporting sales,
            @DefaultValue("0") int callsPerMinute) {

        /** Leaves the key out. */
        @Override
        public String toString() {
            return "Refport[baseUrl=" + baseUrl + "]";
        }
    }

    /**
     * The Dub backend.
     *
     * @param apiKey The workspace's key; activates the backend.
     * @param baseUrl Where the API lives.
     * @param domain The short domain of the program's links; with it, the keys of links are exchanged for click ids.
     * @param parameters Query parameters that carry the key of a link, besides "via"; only with a domain.
     * @param leadMode How leads are taken.
     * @param leadEventName The label of the sign-up event.
     * @param callsPerMinute How many calls in a minute all nodes make together; 0 for no limit.
     */
    record Dub(
            @Nullable String apiKey,
            @DefaultValue(DubBackend.BASE_URL) String baseUrl,
            @Nullable String domain,
            @DefaultValue List<String> parameters,
            @DefaultValue("async") LeadMode leadMode,
            @DefaultValue(DubBackend.LEAD_EVENT_NAME) String leadEventName,

            @DefaultValue("" + DubBackend.CALLS_PER_MINUTE) int callsPerMinute) {

        /** Leaves the key out. */
        @Override
        public String toString() {
            return "Dub[baseUrl=" + baseUrl + "]";
        }
    }
}
