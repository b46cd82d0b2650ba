package io.reftrail.spring.boot;

import io.reftrail.CodeSettings;
import io.reftrail.LeadSettings.UnknownAge;
import io.reftrail.LeadTrigger;
import io.reftrail.OutboxSettings.SchemaInitialization;
import io.reftrail.OutboxSettings.Store;
import io.reftrail.ReferralSettings;
import io.reftrail.capture.CookieSettings.SameSite;
import io.reftrail.capture.CookieSettings.Secure;
import io.reftrail.capture.CookieSigning;
import io.reftrail.capture.ReferralCapture.ClickModel;
import io.reftrail.model.CustomerField;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.policy.LeadPolicy.Verdict.Kind;
import io.reftrail.servlet.StripMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of Reftrail, except for those of the backends ({@link ConfiguredBackends}).
 *
 * @param enabled Whether Reftrail does anything.
 * @param capture The settings of capture.
 * @param attribution The settings of the merchant's own attribution.
 * @param referrals The settings of "refer a friend".
 * @param consent The settings of consent.
 * @param cookie The attributes of the attribution cookies.
 * @param lead The settings of leads.
 * @param referralCodes The settings of codes that visitors give in forms.
 * @param outbox The settings of the outbox.
 * @param delivery The settings of delivery.
 * @param payments The settings of payments, for applications with reftrail-payments.
 * @param health The settings of the health indicator.
 * @param filter The servlet filter.
 * @param console The console for operators.
 * @param debug Help for developers.
 */
@ConfigurationProperties("reftrail")
record ReftrailProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue Capture capture,
        @DefaultValue Attribution attribution,
        @DefaultValue Referrals referrals,
        @DefaultValue Consent consent,
        @DefaultValue Cookie cookie,
        @DefaultValue Lead lead,
        @DefaultValue ReferralCodes referralCodes,
        @DefaultValue Outbox outbox,
        @DefaultValue Delivery delivery,
        @DefaultValue Payments payments,
        @DefaultValue Health health,
        @DefaultValue Filter filter,
        @DefaultValue Console console,
        @DefaultValue Debug debug) {

    /**
     * The settings of capture.
     *
     * @param strip How captured parameters are removed from the URL.
     * @param exclude Paths that are not captured: exact, by prefix (/api/*) or by extension (*.json).
     * @param attributionModel Which click counts when a visitor follows several links.
     * @param honourGlobalPrivacyControl Whether "Sec-GPC: 1" counts as a refusal.
     * @param responseHeaderLimit How many bytes the header of a landing's response may have; beyond, there is no redirect.
     */
    record Capture(
            @DefaultValue("redirect") StripMode strip,
            @DefaultValue List<String> exclude,
            @DefaultValue("last-click") ClickModel attributionModel,
            @DefaultValue("false") boolean honourGlobalPrivacyControl,
            @DefaultValue("4096") int responseHeaderLimit) {}

    /**
     * The settings of the merchant's own attribution.
     *
     * @param enabled Whether touches are captured, and stored with the customer who signs up.
     * @param window How long a touch counts, at most 400 days.
     * @param retention How long the journey of a customer is kept after the sign-up.
     * @param ignoredReferrers Hosts of your own sign-in and payment pages, from which a visit is no touch.
     */
    record Attribution(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("90d") Duration window,
            @DefaultValue("730d") Duration retention,
            @DefaultValue Set<String> ignoredReferrers) {}

    /**
     * The settings of "refer a friend".
     *
     * @param enabled Whether customers have links, and friends who follow them are recorded.
     * @param parameter The query parameter of a customer's link.
     * @param landingPage The page that links lead to: an address, or a path of the site.
     * @param window How long a visitor who followed a link is attributed to it, at most 400 days.
     * @param rewardAfter How long a payment has to stand without a refund before both sides are rewarded.
     * @param retention How long the referral of a customer is kept after the sign-up.
     */
    record Referrals(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("friend") String parameter,
            @DefaultValue("/") String landingPage,
            @DefaultValue("30d") Duration window,
            @DefaultValue("14d") Duration rewardAfter,
            @DefaultValue("730d") Duration retention) {

        ReferralSettings settings() {
            return new ReferralSettings(parameter, landingPage, window, rewardAfter);
        }
    }

    /**
     * The settings of consent.
     *
     * @param cookieName The cookie in which a consent tool stores the visitor's decision.
     * @param cookieGranted Regular expression that matches a part of the cookie's value if the visitor consents.
     * @param cookieRefused Regular expression that matches if the visitor refuses; without it, all else is a refusal.
     * @param tcfCookieName The cookie in which a consent tool stores a TC string of the IAB's framework.
     * @param tcfPurposes Purposes that the TC string must grant; empty if it is not read.
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
     * @param domain The Domain attribute; without it cookies are host-only.
     * @param sameSite The SameSite attribute; "none" needs secure "always".
     * @param secure When the Secure attribute is set; "auto" follows the request.
     * @param keepAfterLead Backends whose cookies stay after the lead, because the vendor's sale tracking reads them.
     * @param signingKeys Secrets that sign Reftrail's own cookies; the first one signs, all verify.
     * @param acceptScriptCookies With keys: whether unsigned click ids count, which the vendor's script writes.
     * @param acceptUnsignedUntil With keys: the time until which earlier, unsigned clicks count.
     * @param hostPrefix With keys: whether the names of Reftrail's own cookies begin with "__Host-".
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
     * The settings of leads.
     *
     * @param trigger Which event reports a customer.
     * @param include The fields of a customer that are reported besides the id.
     * @param cutOff Customers from before this instant are not reported, whenever the click was.
     * @param createdAtTolerance How much older than the click createdAt may be for a customer who counts as new.
     * @param unknownAge What happens with a customer whose age is unknown, until existing customers are seeded or there is a cut-off.
     * @param selfReferral What happens with the lead of a partner who refers themselves; needs a Partners bean.
     * @param disposableMail What happens with the lead of a customer who has a disposable mail address.
     * @param sameNetwork What happens with the leads of a partner beyond the limit of sign-ups from one network.
     * @param sameNetworkLimit How many sign-ups of one partner from one network in an hour are accepted.
     * @param factors After which factor of a multi-factor authentication a customer has signed in.
     */
    record Lead(
            @DefaultValue("first-sign-in") LeadTrigger trigger,
            @DefaultValue("email") Set<CustomerField> include,
            @Nullable Instant cutOff,
            @DefaultValue("1h") Duration createdAtTolerance,
            @DefaultValue("hold") UnknownAge unknownAge,
            @DefaultValue("accept") Kind selfReferral,
            @DefaultValue("accept") Kind disposableMail,
            @DefaultValue("accept") Kind sameNetwork,
            @DefaultValue("5") int sameNetworkLimit,
            @DefaultValue("first") Factors factors) {}

    /** The factor of a multi-factor authentication after which a customer has signed in. */
    enum Factors {
        /** The first one. */
        FIRST,
        /** The last one that the application asks for. */
        ALL
    }

    /**
     * The settings of codes that visitors give in forms.
     *
     * @param parameter The form field of sign-ups and sign-ins that carries the code; without it no field is read.
     * @param wins What counts if a visitor has a click and gives a code.
     */
    record ReferralCodes(
            @Nullable String parameter,
            @DefaultValue("code") CodeSettings.Winner wins) {}

    /**
     * The settings of the outbox.
     *
     * @param store Where leads wait; "auto" is the application's database if there is one, otherwise an embedded file.
     * @param directory Directory of the embedded file; the file has the name of the application.
     * @param initializeSchema In which of the application's databases missing tables are created.
     * @param schema The schema of the tables in the application's database; that of its connections if it is not set.
     * @param tablePrefix Prefix of the names of the tables; two applications in one schema need different prefixes.
     * @param retention How long the keys of reported customers are kept, so that no customer is reported twice.
     * @param deadRetention How long leads that were given up are kept for a replay.
     * @param capacity How many leads may wait in memory; beyond it, visitors keep their cookie for the next sign-in.
     */
    record Outbox(
            @DefaultValue("auto") Store store,
            @DefaultValue("reftrail") String directory,
            @DefaultValue("embedded") SchemaInitialization initializeSchema,
            @Nullable String schema,
            @DefaultValue("reftrail_") String tablePrefix,
            @DefaultValue("1825d") Duration retention,
            @DefaultValue("90d") Duration deadRetention,
            @DefaultValue("10000") int capacity) {}

    /**
     * The settings of delivery.
     *
     * @param connectTimeout How long to wait for a connection to a backend.
     * @param responseTimeout How long to wait for a backend's reply.
     * @param maxInFlight How many calls to one backend run at the same time.
     * @param shutdownTimeout How long shutdown waits for leads in flight.
     * @param pollInterval How often the outbox is checked for leads that other nodes have stored.
     */
    record Delivery(
            @DefaultValue("2s") Duration connectTimeout,
            @DefaultValue("10s") Duration responseTimeout,
            @DefaultValue("8") int maxInFlight,
            @DefaultValue("5s") Duration shutdownTimeout,
            @DefaultValue("2s") Duration pollInterval) {}

    /**
     * The settings of payments.
     *
     * @param amount The amount that is reported as the sale.
     * @param customerByEmail Whether the payer's e-mail address is the customer's id, if nothing else names the customer.
     * @param tolerance How far the time of a webhook's signature may be from ours.
     * @param stripe Stripe's webhook.
     * @param paddle The webhook of Paddle Billing.
     */
    record Payments(
            @DefaultValue("net") Amount amount,
            @DefaultValue("false") boolean customerByEmail,
            @DefaultValue("5m") Duration tolerance,
            @DefaultValue Stripe stripe,
            @DefaultValue Paddle paddle) {

        /**
         * Stripe's webhook.
         *
         * @param webhookSecret Signing secrets of the endpoint, of which any one may have signed. Without one there is no endpoint.
         * @param mode Whether live payments count, or those of test mode and sandboxes.
         * @param path Path of the endpoint; empty if the application has its own.
         */
        record Stripe(
                @DefaultValue List<String> webhookSecret,
                @DefaultValue("live") Mode mode,
                @DefaultValue("/reftrail/payments/stripe") String path) {

            /** Leaves the secrets out. */
            @Override
            public String toString() {
                return "Stripe[mode=" + mode + ", path=" + path + "]";
            }
        }

        /**
         * The webhook of Paddle Billing.
         *
         * @param webhookSecret Secret keys of the notification destination, of which any one may have signed. Without one there is no
         *     endpoint.
         * @param path Path of the endpoint; empty if the application has its own.
         */
        record Paddle(
                @DefaultValue List<String> webhookSecret,
                @DefaultValue("/reftrail/payments/paddle") String path) {

            /** Leaves the secrets out. */
            @Override
            public String toString() {
                return "Paddle[path=" + path + "]";
            }
        }
    }

    /** The part of a payment that is reported as the sale. */
    enum Amount {
        /** Without tax. */
        NET,
        /** With tax. */
        GROSS
    }

    /** The payments of a provider that count. */
    enum Mode {
        /** Live ones. */
        LIVE,
        /** Those of test mode and sandboxes. */
        TEST
    }

    /**
     * The settings of the health indicator.
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

    /**
     * The console for operators, which the artifact reftrail-console brings.
     *
     * @param enabled Whether the console is served as an actuator endpoint, and decisions are counted for it.
     * @param securedElsewhere Whether access to the console is restricted in a way that Reftrail cannot detect, for example by a proxy.
     */
    record Console(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("false") boolean securedElsewhere) {}

    /**
     * Help for developers.
     *
     * @param explain Whether responses to landings have a header "Reftrail-Decision" with the decision and its reason.
     */
    record Debug(@DefaultValue("false") boolean explain) {}
}
