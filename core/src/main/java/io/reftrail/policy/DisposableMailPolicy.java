package io.reftrail.policy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The policy against disposable mail addresses. Their domains are in {@code disposable-mail-domains.txt}, which names its source.
 * A customer without an address is accepted.
 */
public final class DisposableMailPolicy implements LeadPolicy {

    private final Verdict objection;
    private final Set<String> domains;

    /**
     * Creates an instance and reads the list.
     *
     * @param kind what happens with such a lead
     */
    public DisposableMailPolicy(Verdict.Kind kind) {
        this.objection = PolicyReason.DISPOSABLE_MAIL.verdict(kind);
        this.domains = read();
    }

    private static Set<String> read() {
        InputStream list = DisposableMailPolicy.class.getResourceAsStream("disposable-mail-domains.txt");
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(list, "the list is missing"), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public Verdict judge(Candidate candidate) {
        String email = candidate.customer().email();
        return email != null && isDisposable(email) ? objection : Verdict.accept();
    }

    private boolean isDisposable(String email) {
        String domain =
                ascii(email.substring(email.lastIndexOf('@') + 1).strip().toLowerCase(Locale.ROOT));
        for (String parent = domain; parent.indexOf('.') > 0; parent = parent.substring(parent.indexOf('.') + 1)) {
            if (domains.contains(parent)) {
                return true;
            }
        }
        return false;
    }

    private static String ascii(String domain) {
        String plain = domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
        try {
            return IDN.toASCII(plain);
        } catch (IllegalArgumentException noDomain) {
            return plain;
        }
    }
}
