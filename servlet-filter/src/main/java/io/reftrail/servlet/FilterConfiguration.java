package io.reftrail.servlet;

import io.reftrail.CodeSettings;
import io.reftrail.LeadSettings;
import io.reftrail.LeadSettings.UnknownAge;
import io.reftrail.OutboxSettings;
import io.reftrail.ReferralCodes;
import io.reftrail.ReferralSettings;
import io.reftrail.Reftrail;
import io.reftrail.ReftrailBuilder;
import io.reftrail.capture.CookieSettings;
import io.reftrail.capture.CookieSigning;
import io.reftrail.capture.ReferralCapture.ClickModel;
import io.reftrail.capture.TouchSettings;
import io.reftrail.delivery.DeliverySettings;
import io.reftrail.model.CustomerField;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.outbox.jdbc.JdbcUnitOfWork;
import io.reftrail.policy.LeadPolicy;
import io.reftrail.policy.Partners;
import io.reftrail.policy.PolicySettings;
import jakarta.servlet.FilterConfig;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configuration of a {@link ReferralCaptureFilter} in a {@code web.xml}. It reads all init-params and builds the instance. */
final class FilterConfiguration {

    private static final Logger logger = LoggerFactory.getLogger(FilterConfiguration.class);

    private static final String DATA_SOURCE = "outbox.data-source";
    private static final String LEAD_INCLUDE = "lead.include";
    private static final String TCF_PURPOSES = "consent.tcf-purposes";

    private final InitParameters parameters;
    private final FilterSettings settings;
    private final OutboxSettings outbox;
    private final @Nullable String dataSource;
    private final ReftrailBuilder builder = Reftrail.builder();
    private final boolean active;

    /** @throws InvalidSettingException if an init-param is unknown or has an invalid value */
    FilterConfiguration(FilterConfig config) {
        this.parameters = new InitParameters(config);
        this.settings = filter();
        boolean hasBackend = BackendParameters.addTo(builder, parameters);
        boolean attributes = parameters.flag("attribution.enabled");
        boolean refers = parameters.flag("referrals.enabled");
        this.active = hasBackend || attributes || refers;
        if (!active) {
            logger.warn("Reftrail has no backend and captures nothing."
                    + " Set the key of one, for instance the init-param introw.api-key or dub.api-key.");
        }
        builder.cookies(cookies());
        builder.cookieSigning(signing());
        builder.attributionModel(parameters.constant("capture.attribution-model", ClickModel.LAST_CLICK));
        TouchSettings touches = touches();
        if (attributes) {
            builder.touches(touches);
        }
        ReferralSettings referrals = referrals();
        if (refers) {
            builder.referrals(referrals);
        }
        builder.leads(leads());
        builder.codes(new CodeSettings(
                parameters.text("referral-codes.parameter"),
                parameters.constant("referral-codes.wins", CodeSettings.DEFAULT.wins())));
        parameters.instances("referral-codes.lists", ReferralCodes.class).forEach(builder::referralCodes);
        parameters.instances("lead.policies", LeadPolicy.class).forEach(builder::leadPolicy);
        parameters.instances("lead.partners", Partners.class).forEach(builder::partners);
        builder.leadPolicies(policies());
        builder.delivery(delivery());
        this.outbox = outbox();
        this.dataSource = parameters.text(DATA_SOURCE);
        parameters.refuseUnknown();
    }

    FilterSettings settings() {
        return settings;
    }

    /**
     * Builds the instance. Opens the outbox only if there is a backend, or attribution is enabled.
     *
     * @param contextPath distinguishes the applications of one server
     * @throws InvalidSettingException if the outbox cannot be opened as configured
     * @throws io.reftrail.outbox.OutboxException if the database cannot be reached
     */
    Reftrail reftrail(JdbcUnitOfWork unitOfWork, String contextPath) {
        if (active) {
            builder.outbox(outbox.open(
                    dataSource == null ? null : lookUp(dataSource),
                    unitOfWork,
                    contextPath.isEmpty() ? "ROOT" : contextPath,
                    builder.backends()));
        }
        Reftrail reftrail = builder.unitOfWork(unitOfWork).build();
        if (active) {
            logger.info(
                    "Reftrail reports to {}; events wait in {}",
                    reftrail.backends(),
                    reftrail.operations().outbox());
        }
        return reftrail;
    }

    private FilterSettings filter() {
        return new FilterSettings(
                parameters.constant("capture.strip", StripMode.REDIRECT),
                parameters.list("capture.exclude", List.of()),
                consent().policy(),
                parameters.number("capture.response-header-limit", FilterSettings.DEFAULT_RESPONSE_HEADER_LIMIT),
                parameters.flag("debug.explain"));
    }

    private ConsentSettings consent() {
        return new ConsentSettings(
                parameters.text("consent.cookie-name"),
                parameters.text("consent.cookie-granted"),
                parameters.text("consent.cookie-refused"),
                parameters.text("consent.tcf-cookie-name", ConsentSettings.DEFAULT.tcfCookieName()),
                tcfPurposes(),
                parameters.flag("capture.honour-global-privacy-control"));
    }

    private Set<Integer> tcfPurposes() {
        Set<Integer> purposes = new HashSet<>();
        for (String text : parameters.list(TCF_PURPOSES, List.of())) {
            try {
                purposes.add(Integer.valueOf(text));
            } catch (NumberFormatException noNumber) {
                throw new InvalidSettingException(
                        TCF_PURPOSES, "'" + text + "' is not a number", "Write {prefix}consent.tcf-purposes=1 or 1,7.");
            }
        }
        return purposes;
    }

    private CookieSettings cookies() {
        return new CookieSettings(
                parameters.text("cookie.path", CookieSettings.DEFAULT.path()),
                parameters.text("cookie.domain"),
                parameters.constant("cookie.same-site", CookieSettings.DEFAULT.sameSite()),
                parameters.constant("cookie.secure", CookieSettings.DEFAULT.secure()),
                Set.copyOf(parameters.list("cookie.keep-after-lead", List.of())));
    }

    private CookieSigning signing() {
        return CookieSigning.of(
                parameters.list("cookie.signing-keys", List.of()),
                parameters.flag("cookie.accept-script-cookies"),
                parameters.instant("cookie.accept-unsigned-until"),
                parameters.flag("cookie.host-prefix"));
    }

    private TouchSettings touches() {
        TouchSettings defaults = TouchSettings.DEFAULT;
        return new TouchSettings(
                parameters.duration("attribution.window", defaults.window()),
                Set.copyOf(parameters.list("attribution.ignored-referrers", List.of())));
    }

    private ReferralSettings referrals() {
        ReferralSettings defaults = ReferralSettings.DEFAULT;
        return new ReferralSettings(
                parameters.text("referrals.parameter", defaults.parameter()),
                parameters.text("referrals.landing-page", defaults.landingPage()),
                parameters.duration("referrals.window", defaults.window()),
                parameters.duration("referrals.reward-after", defaults.rewardAfter()));
    }

    private LeadSettings leads() {
        LeadSettings defaults = LeadSettings.DEFAULT;
        return new LeadSettings(
                parameters.constant("lead.trigger", defaults.trigger()),
                leadFields(defaults.include()),
                parameters.instant("lead.cut-off"),
                parameters.duration("lead.created-at-tolerance", defaults.createdAtTolerance()),
                parameters.constant("lead.unknown-age", UnknownAge.HOLD));
    }

    private PolicySettings policies() {
        PolicySettings defaults = PolicySettings.DEFAULT;
        return new PolicySettings(
                parameters.constant("lead.self-referral", defaults.selfReferral()),
                parameters.constant("lead.disposable-mail", defaults.disposableMail()),
                parameters.constant("lead.same-network", defaults.sameNetwork()),
                parameters.number("lead.same-network-limit", defaults.sameNetworkLimit()));
    }

    /** An init-param without a value counts as absent, so an empty set is written as {@code none}. */
    private Set<CustomerField> leadFields(Set<CustomerField> defaults) {
        List<String> names = parameters.list(LEAD_INCLUDE, List.of());
        if (names.isEmpty()) {
            return defaults;
        }
        EnumSet<CustomerField> fields = EnumSet.noneOf(CustomerField.class);
        if (!names.equals(List.of("none"))) {
            names.forEach(name -> fields.add(parameters.constantOf(LEAD_INCLUDE, name, CustomerField.class)));
        }
        return fields;
    }

    private DeliverySettings delivery() {
        DeliverySettings defaults = DeliverySettings.DEFAULT;
        return new DeliverySettings(
                parameters.duration("delivery.connect-timeout", defaults.connectTimeout()),
                parameters.duration("delivery.response-timeout", defaults.responseTimeout()),
                parameters.number("delivery.max-in-flight", defaults.maxInFlight()),
                parameters.duration("delivery.shutdown-timeout", defaults.shutdownTimeout()),
                parameters.duration("delivery.poll-interval", defaults.pollInterval()));
    }

    private OutboxSettings outbox() {
        OutboxSettings defaults = OutboxSettings.DEFAULT;
        return new OutboxSettings(
                parameters.constant("outbox.store", defaults.store()),
                Path.of(parameters.text("outbox.directory", defaults.directory().toString())),
                parameters.constant("outbox.initialize-schema", defaults.initializeSchema()),
                parameters.text("outbox.schema"),
                parameters.text("outbox.table-prefix", defaults.tablePrefix()),
                parameters.duration("outbox.retention", defaults.retention()),
                parameters.duration("outbox.dead-retention", defaults.deadRetention()),
                parameters.duration("attribution.retention", defaults.journeyRetention()),
                parameters.duration("referrals.retention", defaults.referralRetention()),
                parameters.number("outbox.capacity", defaults.capacity()));
    }

    /** Looks up the deployer's own JNDI name, inside the container only. */
    @SuppressWarnings("BanJNDI")
    private static DataSource lookUp(String name) {
        try {
            if (name.startsWith("java:") && new InitialContext().lookup(name) instanceof DataSource found) {
                return found;
            }
        } catch (NamingException missing) {
            throw notFound(name, missing);
        }
        throw notFound(name, null);
    }

    private static InvalidSettingException notFound(String name, @Nullable NamingException cause) {
        InvalidSettingException notFound = new InvalidSettingException(
                DATA_SOURCE,
                "there is no DataSource at '" + name + "'",
                "Write the JNDI name of one, such as 'java:comp/env/jdbc/shop'.");
        notFound.initCause(cause);
        return notFound;
    }
}
