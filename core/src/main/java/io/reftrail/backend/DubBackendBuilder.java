package io.reftrail.backend;

import io.reftrail.backend.DubBackend.LeadMode;
import io.reftrail.model.InvalidSettingException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Builds a {@link DubBackend}. Not thread-safe. */
public final class DubBackendBuilder extends BackendBuilder<DubBackendBuilder> {

    private static final String ALWAYS = "via";
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z0-9._~-]+");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");
    private static final int MAX_EVENT_NAME = 255;

    final ApiKey apiKey;

    @Nullable
    String domain;

    List<String> parameters = List.of();
    LeadMode leadMode = LeadMode.ASYNC;
    String leadEventName = DubBackend.LEAD_EVENT_NAME;

    DubBackendBuilder(String apiKey) {
        super(DubBackend.NAME, DubBackend.BASE_URL, DubBackend.CALLS_PER_MINUTE);
        this.apiKey = new ApiKey(DubBackend.NAME, apiKey);
    }

    private DubBackendBuilder(DubBackendBuilder other) {
        super(other);
        this.apiKey = other.apiKey;
        this.domain = other.domain;
        this.parameters = other.parameters;
        this.leadMode = other.leadMode;
        this.leadEventName = other.leadEventName;
    }

    /**
     * Sets the short domain of the program's links; only with it are the keys of links exchanged for click ids;
     * {@code null} for none, as by default.
     *
     * @throws InvalidSettingException if it is no host name
     */
    public DubBackendBuilder domain(@Nullable String domain) {
        if (domain != null && !HOST.matcher(domain).matches()) {
            throw new InvalidSettingException(
                    "dub.domain",
                    "the value is not the name of a host",
                    "Write the short domain of your links, for example 'go.example.com', without 'https://'.");
        }
        this.domain = domain;
        return this;
    }

    /**
     * Sets further parameters that carry the key of a link, for example {@code ref}; they are looked at before
     * {@code via}. Of no effect without a {@linkplain #domain domain}.
     *
     * @throws InvalidSettingException if one cannot be a parameter, or is the click id's
     */
    public DubBackendBuilder parameters(List<String> parameters) {
        for (String parameter : parameters) {
            if (!PARAMETER.matcher(parameter).matches() || parameter.equals("dub_id")) {
                throw new InvalidSettingException(
                        "dub.parameters",
                        "'" + parameter + "' cannot carry the key of a link",
                        "Write the names of query parameters, for example 'ref'; 'dub_id' is the click id's.");
            }
        }
        this.parameters = List.copyOf(parameters);
        return this;
    }

    /** Sets how leads are taken; {@link LeadMode#ASYNC} by default, as Dub's own. */
    public DubBackendBuilder leadMode(LeadMode leadMode) {
        this.leadMode = leadMode;
        return this;
    }

    /**
     * Sets what the sign-up is called, which is part of Dub's deduplication key.
     *
     * @throws InvalidSettingException if it is blank or longer than Dub takes
     */
    public DubBackendBuilder leadEventName(String leadEventName) {
        String action = "Write a name of at most " + MAX_EVENT_NAME + " characters, or leave it out for '"
                + DubBackend.LEAD_EVENT_NAME + "'.";
        this.leadEventName = SettingText.required("dub.lead-event-name", leadEventName, action);
        if (leadEventName.length() > MAX_EVENT_NAME) {
            throw new InvalidSettingException("dub.lead-event-name", "the name is too long for Dub", action);
        }
        return this;
    }

    @Override
    DubBackendBuilder self() {
        return this;
    }

    /** Returns the backend. */
    public DubBackend build() {
        return new DubBackend(new DubBackendBuilder(this));
    }

    /** The configured ones are checked before {@code via} (docs/contracts/dub.md, section 2). */
    List<String> linkParameters() {
        Set<String> names = new LinkedHashSet<>(parameters);
        names.add(ALWAYS);
        return List.copyOf(names);
    }
}
