package io.reftrail.spring.boot;

import io.reftrail.LeadTrigger;
import io.reftrail.OutboxSettings.SchemaInitialization;
import io.reftrail.OutboxSettings.Store;
import io.reftrail.capture.CookieSettings.SameSite;
import io.reftrail.capture.CookieSettings.Secure;
import io.reftrail.capture.CookieSigning;
import io.reftrail.capture.ReferralCapture.AttributionModel;
import io.reftrail.model.CustomerField;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.servlet.StripMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of Reftrail.
 *
 * @param enabled Whether Reftrail does anything.
 * @param affitor The Affitor backend.
 * @param affonso The Affonso backend.
 * @param affihub The Affihub backend.
 * @param introw The Introw backend.
 * @param refport The Refport backend.
 * @param dub The Dub backend.
 * @param capture How clicks are recognised.
 * @param consent Whose clicks may be kept.
 * @param cookie The attributes of the attribution cookies.
 * @param lead What makes a customer a lead.
 * @param outbox Where leads wait.
 * @param delivery How leads are sent.
 * @param health When the health endpoint sounds an alarm.
 * @param filter The servlet filter.
 */
@ConfigurationProperties("reftrail")
record ReftrailProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue @NestedConfigurationProperty BackendProperties.Affitor affitor,
        @DefaultValue @NestedConfigurationProperty BackendProperties.Affonso affonso,
        @DefaultValue @NestedConfigurationProperty BackendProperties.Affihub affihub,
        @DefaultValue @NestedConfigurationProperty BackendProperties.Introw introw,
        @DefaultValue @NestedConfigurationProperty BackendProperties.Refport refport,
        @DefaultValue @NestedConfigurationProperty BackendProperties.Dub dub,
        @DefaultValue Capture capture,
        @DefaultValue Consent consent,
        @DefaultValue Cookie cookie,
        @DefaultValue Lead lead,
        @DefaultValue Outbox outbox,
        @DefaultValue Delivery delivery,
        @DefaultValue Health health,
        @DefaultValue Filter filter) {

    /**
     * How clicks are recognised.
     *
     * @param strip How captured parameters leave the URL.
     * @param exclude Paths that are left alone: exact, by prefix (/api/*) or by extension (*.json).
     * @param attributionModel Which click counts when a visitor follows several links.
     * @param honourGlobalPrivacyControl Whether "Sec-GPC: 1" counts as a refusal.
     */
    record Capture(
            @DefaultValue("redirect") StripMode strip,
            @DefaultValue List<String> exclude,
            @DefaultValue("last-click") AttributionModel attributionModel,
            @DefaultValue("false") boolean honourGlobalPrivacyControl) {}

    /**
     * Whose clicks may be kept.
     *
     * @param cookieName The cookie in which a consent tool keeps what the visitor has decided.
     * @param cookieGranted Regular expression that is found in the cookie's value where the visitor consents.
     * @param cookieRefused Regular expression that is found where the visitor refuses; without it, all else is refusal.
     * @param tcfCookieName The cookie in which a consent tool keeps a TC string of the IAB's framework.
     * @param tcfPurposes Purposes that the visitor must have consented to in the TC string; none if it is not to be read.
     */
    record Consent(
            @Nullable String cookieName,
            @Nullable String cookieGranted,
            @Nullable String cookieRefused,
            @DefaultValue("euconsent-v2") String tcfCookieName,
            @DefaultValue Set<Integer> tcfPurposes) {}

    /**
     * The attributes of the attribution cookies.
     *
     * @param path The Path attribute.
     * @param domain The Domain attribute; without it a cookie belongs to the host alone.
     * @param sameSite The SameSite attribute; "none" needs secure "always".
     * @param secure When the Secure attribute is set; "auto" follows the request.
     * @param keepAfterLead Backends whose cookies stay when the lead is safe, because sale tracking of theirs reads them.
     * @param signingKeys What our own cookies are signed with; the first key signs, all verify.
     * @param acceptScriptCookies Whether a click counts that nobody has signed, where keys are given.
     * @param acceptUnsignedUntil Until when clicks of before count, where keys are given.
     * @param hostPrefix Whether the names of our own cookies begin with "__Host-", where keys are given.
     */
    record Cookie(
            @DefaultValue("/") String path,
            @Nullable String domain,
            @DefaultValue("lax") SameSite sameSite,
            @DefaultValue("auto") Secure secure,
            @DefaultValue Set<String> keepAfterLead,
            @DefaultValue List<String> signingKeys,
            @DefaultValue("false") boolean acceptScriptCookies,
            @Nullable Instant acceptUnsignedUntil,
            @DefaultValue("false") boolean hostPrefix) {

        CookieSigning signing() {
            return CookieSigning.of(signingKeys, acceptScriptCookies, acceptUnsignedUntil, hostPrefix);
        }

        /** Leaves the keys out. */
        @Override
        public String toString() {
            return "Cookie[path=" + path + ", domain=" + domain + "]";
        }
    }

    /**
     * What makes a customer a lead.
     *
     * @param trigger Which event reports a customer.
     * @param include What is told of a customer besides the id.
     * @param cutOff Who was a customer before this instant is no lead, whenever the click was.
     * @param factors After which factor of a multi-factor authentication somebody has signed in.
     */
    record Lead(
            @DefaultValue("first-sign-in") LeadTrigger trigger,
            @DefaultValue("email") Set<CustomerField> include,
            @Nullable Instant cutOff,
            @DefaultValue("first") Factors factors) {}

    /** After which factor of a multi-factor authentication somebody has signed in. */
    enum Factors {
        /** The first one. */
        FIRST,
        /** The last one that the application asks for. */
        ALL
    }

    /**
     * Where leads wait.
     *
     * @param store What they wait in; "auto" takes the application's database if it can, an embedded file otherwise.
     * @param directory Where the embedded file lives; its name is the application's.
     * @param initializeSchema In which of the application's databases missing tables are created.
     * @param retention How long a reported customer is remembered, so that nobody is reported twice.
     * @param deadRetention How long leads that were given up are kept for a replay.
     * @param capacity How many leads may wait in memory; beyond it, visitors keep their cookie for the next sign-in.
     */
    record Outbox(
            @DefaultValue("auto") Store store,
            @DefaultValue("reftrail") String directory,
            @DefaultValue("embedded") SchemaInitialization initializeSchema,
            @DefaultValue("1825d") Duration retention,
            @DefaultValue("90d") Duration deadRetention,
            @DefaultValue("10000") int capacity) {}

    /**
     * How leads are sent.
     *
     * @param connectTimeout How long to wait for a connection to a backend.
     * @param responseTimeout How long to wait for a backend's reply.
     * @param maxInFlight How many calls to one backend run at the same time.
     * @param shutdownTimeout How long shutdown waits for leads in flight.
     * @param pollInterval How often the outbox is looked at for leads that other nodes have left there.
     */
    record Delivery(
            @DefaultValue("2s") Duration connectTimeout,
            @DefaultValue("10s") Duration responseTimeout,
            @DefaultValue("8") int maxInFlight,
            @DefaultValue("5s") Duration shutdownTimeout,
            @DefaultValue("1s") Duration pollInterval) {}

    /**
     * When the health endpoint sounds an alarm.
     *
     * @param oldestAge How long a lead may wait before the health is DEGRADED.
     */
    record Health(@DefaultValue("1h") Duration oldestAge) {

        /** @throws InvalidSettingException if the age is not positive */
        Health {
            if (oldestAge.isNegative() || oldestAge.isZero()) {
                throw new InvalidSettingException(
                        "health.oldest-age", oldestAge + " is no time to wait", "Write a duration such as '1h'.");
            }
        }
    }

    /**
     * The servlet filter.
     *
     * @param order Where the filter stands; must be before Spring Security (-100).
     */
    record Filter(@DefaultValue("-110") int order) {}
}
