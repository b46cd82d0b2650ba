package io.reftrail.backend.internal;

import io.reftrail.capture.PartnerCodes;
import io.reftrail.model.InvalidSettingException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The base of the builders of vendors whose links carry a partner's code, often in a parameter with a generic name such as
 * {@code ref}. Not thread-safe.
 *
 * @param <B> the vendor's own builder
 */
public abstract class CodeVendorBuilder<B extends CodeVendorBuilder<B>> extends VendorBuilder<B> {

    private final String patternSetting;
    private List<String> codes = List.of();
    private @Nullable String codePattern;

    /**
     * Creates a builder with the vendor's defaults.
     *
     * @param backend the name of the backend
     * @param baseUrl the URL of the vendor's API
     * @param callsPerMinute the documented limit of calls per minute, or 0 if no limit is documented
     */
    protected CodeVendorBuilder(String backend, String baseUrl, int callsPerMinute) {
        super(backend, baseUrl, callsPerMinute);
        this.patternSetting = backend + ".code-pattern";
    }

    /**
     * Sets the partners' codes that are captured. If the list is empty, the default, any code is captured, except for a URL, a path
     * or a host name in a parameter with a generic name.
     */
    public final B codes(List<String> codes) {
        this.codes = List.copyOf(codes);
        return self();
    }

    /**
     * Sets the pattern that a partner's code matches as a whole to be captured, besides the {@linkplain #codes(List) list};
     * {@code null} for none, the default.
     *
     * @throws InvalidSettingException if it is not a regular expression
     */
    public final B codePattern(@Nullable String codePattern) {
        PartnerCodes.of(patternSetting, List.of(), codePattern);
        this.codePattern = codePattern;
        return self();
    }

    /** Returns the accepted codes. */
    protected final PartnerCodes partnerCodes() {
        return PartnerCodes.of(patternSetting, codes, codePattern);
    }
}
