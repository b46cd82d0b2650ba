package io.reftrail.spring.boot;

import io.reftrail.LeadTrigger;
import io.reftrail.capture.CookieSettings.SameSite;
import io.reftrail.capture.CookieSettings.Secure;
import io.reftrail.capture.CookieSigning;
import io.reftrail.capture.ReferralCapture.AttributionModel;
import io.reftrail.model.CustomerField;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.outbox.OutboxSettings.SchemaInitialization;
import io.reftrail.outbox.OutboxSettings.Store;
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
 * @param enabled whether Reftrail does anything
 * @param affitor the Affitor backend
 * @param affonso the Affonso backend
 * @param affihub the Affihub backend
 * @param introw the Introw backend
 * @param refport the Refport backend
 * @param dub the Dub backend
 * @param capture how clicks are recognised
 * @param cookie the attributes of the attribution cookies
 * @param lead what makes a customer a lead
 * @param outbox where leads wait
 * @param delivery how leads are sent
 * @param health when the health endpoint sounds an alarm
 * @param filter the servlet filter
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
        @DefaultValue Cookie cookie,
        @DefaultValue Lead lead,
        @DefaultValue Outbox outbox,
        @DefaultValue Delivery delivery,
        @DefaultValue Health health,
        @DefaultValue Filter filter) {

    /**
     * How clicks are recognised.
     *
     * @param strip how captured parameters leave the URL
     * @param exclude paths that are left alone: exact, by prefix (/api/*) or by extension (*.json)
     * @param attributionModel which click counts when a visitor follows several links
     * @param honourGlobalPrivacyControl whether "Sec-GPC: 1" counts as a refusal
     */
    record Capture(
            @DefaultValue("redirect") StripMode strip,
            @DefaultValue List<String> exclude,
            @DefaultValue("last-click") AttributionModel attributionModel,
            @DefaultValue("false") boolean honourGlobalPrivacyControl) {}

    /**
     * The attributes of the attribution cookies.
     *
     * @param path the Path attribute
     * @param domain the Domain attribute; without it a cookie belongs to the host alone
     * @param sameSite the SameSite attribute; "none" needs secure "always"
     * @param secure when the Secure attribute is set; "auto" follows the request
     * @param keepAfterLead backends whose cookies stay when the lead is safe, because sale tracking of theirs reads them
     * @param signingKeys what our own cookies are signed with; the first key signs, all verify
     * @param acceptScriptCookies whether a click counts that nobody has signed, where keys are given
     * @param acceptUnsignedUntil until when clicks of before count, where keys are given
     * @param hostPrefix whether the names of our own cookies begin with "__Host-", where keys are given
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
     * @param trigger which event reports a customer
     * @param include what is told of a customer besides the id
     * @param cutOff who was a customer before this instant is no lead, whenever the click was
     * @param factors after which factor of a multi-factor authentication somebody has signed in
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
     * @param store what they wait in; "auto" takes the application's database if it can, an embedded file otherwise
     * @param directory where the embedded file lives; its name is the application's
     * @param initializeSchema in which of the application's databases missing tables are created
     * @param retention how long a reported customer is remembered, so that nobody is reported twice
     * @param deadRetention how long leads that were given up are kept for a replay
     * @param capacity how many leads may wait in memory; beyond it, visitors keep their cookie for the next sign-in
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
     * @param connectTimeout how long to wait for a connection to a backend
     * @param responseTimeout how long to wait for a backend's reply
     * @param maxInFlight how many calls to one backend run at the same time
     * @param shutdownTimeout how long shutdown waits for leads in flight
     * @param pollInterval how often the outbox is looked at for leads that other nodes have left there
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
     * @param oldestAge how long a lead may wait before the health is DEGRADED
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
     * @param order where the filter stands; must be before Spring Security (-100)
     */
    record Filter(@DefaultValue("-110") int order) {}
}
