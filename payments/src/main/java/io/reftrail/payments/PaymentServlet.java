package io.reftrail.payments;

import io.reftrail.PaymentReason;
import io.reftrail.Reftrail;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.model.RedactedFailure;
import io.reftrail.servlet.ServletReftrail;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An endpoint for the webhook of a payment provider. Answers 200 when what follows from a delivery is stored, 400 for a delivery
 * that is not the provider's, 413 for one of more than {@value #MAX_BODY} bytes, and 500 if it could not be stored, so that the
 * provider sends it again. Thread-safe.
 *
 * <p>In a {@code web.xml} it takes the init-params {@code provider} ({@code stripe}, the default, or {@code paddle}),
 * {@code webhook-secret} (several are separated by commas), {@code mode} ({@code live}, the default, or {@code test}, for Stripe),
 * {@code amount} ({@code net}, the default, or {@code gross}) and {@code customer-by-email}. <code>${NAME}</code> is replaced by
 * the system property or environment variable of that name.
 */
public final class PaymentServlet extends HttpServlet {

    /** The size of the longest body that is accepted, in bytes. Stripe's events have at most ten lines of an invoice. */
    public static final int MAX_BODY = 1 << 20;

    private static final long serialVersionUID = 1L;

    private static final Logger logger = LoggerFactory.getLogger(PaymentServlet.class);

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}:]+)(?::([^}]*))?}");

    private transient @Nullable Payments payments;

    /** For containers, which pass the init-params. */
    public PaymentServlet() {}

    /** Creates an endpoint without init-params. */
    public PaymentServlet(Payments payments) {
        this.payments = payments;
    }

    /** @throws ServletException if there is no {@link Reftrail} in the application, or an init-param cannot work */
    @Override
    public void init() throws ServletException {
        if (payments != null) {
            return;
        }
        Reftrail reftrail = ServletReftrail.find(getServletContext());
        if (reftrail == null) {
            throw new ServletException(
                    "Payments need Reftrail's filter: map io.reftrail.servlet.ReferralCaptureFilter in the web.xml");
        }
        try {
            payments = payments(reftrail);
        } catch (InvalidSettingException invalid) {
            throw new ServletException(invalid.getMessage(), invalid);
        }
    }

    private Payments payments(Reftrail reftrail) {
        List<String> secrets = Arrays.stream(param("webhook-secret", "").split(","))
                .map(String::strip)
                .filter(secret -> !secret.isEmpty())
                .toList();
        boolean byEmail = param("customer-by-email", "false").equals("true");
        PaymentAmount amount = oneOf("amount", "net", "gross").equals("net") ? PaymentAmount.NET : PaymentAmount.GROSS;
        boolean live = oneOf("mode", "live", "test").equals("live");
        if (oneOf("provider", "stripe", "paddle").equals("stripe")) {
            return new StripePayments(
                            reftrail,
                            new StripePayments.Settings(
                                    secrets, live, amount, byEmail, StripePayments.DEFAULT_TOLERANCE))
                    .payments();
        }
        return new PaddlePayments(
                        reftrail,
                        new PaddlePayments.Settings(secrets, amount, byEmail, PaddlePayments.DEFAULT_TOLERANCE))
                .payments();
    }

    private String oneOf(String name, String usual, String other) {
        String value = param(name, usual).toLowerCase(Locale.ROOT);
        if (!value.equals(usual) && !value.equals(other)) {
            throw new InvalidSettingException(
                    name, "'" + value + "' is neither " + usual + " nor " + other, "Write one of them.");
        }
        return value;
    }

    private String param(String name, String otherwise) {
        String value = getInitParameter(name);
        return value == null || value.isBlank()
                ? otherwise
                : PLACEHOLDER.matcher(value.strip()).replaceAll(PaymentServlet::lookUp);
    }

    private static String lookUp(MatchResult placeholder) {
        String name = placeholder.group(1);
        String value = System.getProperty(name, System.getenv(name));
        String otherwise = placeholder.group(2) == null ? "" : placeholder.group(2);
        return Matcher.quoteReplacement(value == null ? otherwise : value);
    }

    /** Does not call {@code sendError}, because an application may protect its error page. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        if (request.getMethod().equals("POST")) {
            take(request, response);
        } else {
            response.setHeader("Allow", "POST");
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        }
    }

    private void take(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Payments active = payments;
        if (active == null) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        byte[] body = request.getInputStream().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            active.refuse(PaymentReason.TOO_LONG);
            answer(response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, PaymentReason.TOO_LONG);
            return;
        }
        try {
            answer(response, HttpServletResponse.SC_OK, active.accept(body, request::getHeader));
        } catch (WebhookRefusedException refused) {
            answer(response, HttpServletResponse.SC_BAD_REQUEST, refused.reason());
        } catch (RuntimeException failure) {
            logger.debug("A webhook is answered with 500", RedactedFailure.of(failure));
            answer(response, HttpServletResponse.SC_INTERNAL_SERVER_ERROR, PaymentReason.FAILED);
        }
    }

    /** Providers show the answer's body to the account's owner. */
    private static void answer(HttpServletResponse response, int status, PaymentReason reason) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().write(reason.text());
    }
}
