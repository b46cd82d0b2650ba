package io.reftrail.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Annotation for a method that signs a customer up. When the method has returned and the request carries a partner's click or a
 * code, the customer is reported as a lead. Put it on a method of a service or controller, or of an interface that they implement:
 *
 * <pre>{@code
 * @Transactional
 * @TrackLead(customerId = "#result.id", email = "#form.email", metadata = "{plan: #form.plan}")
 * public Account open(SignUpForm form) { … }
 * }</pre>
 *
 * <p>The attributes are expressions of the Spring Expression Language. Their variables are the method's parameters, by name and as
 * {@code #p0}, {@code #p1}, …, and the return value as {@code #result} (of an {@code Optional} its content); other beans are
 * {@code @name}. The expressions are parsed when the application starts, which fails for a syntax error or an unknown variable, and
 * evaluated only if the request carries a click.
 *
 * <p><b>A lead belongs to the transaction</b>, including the method's own: it is committed or rolled back with the sign-up if leads
 * are stored in the application's database, and otherwise reported after the commit. A method that throws reports no lead. An
 * expression that fails never fails the method.
 *
 * <p>If the method returns a {@link java.util.concurrent.CompletionStage}, the customer has signed up when the stage completes. The
 * clicks are read when the method returns. The customer is reported on completion, outside of the method's transaction, with the
 * stage's value as {@code #result}; the visitor keeps the cookie until the next sign-in. The application does not start with the
 * annotation on a method that returns a reactive type or on a suspending function; call {@code Reftrail.lead} there.
 *
 * <p>As with {@code @Transactional}, a call within the same bean is not intercepted. A final class needs an interface, and the
 * annotation cannot be on a private, static or final method; otherwise the application does not start. The request is that of the
 * calling thread: do not annotate an {@code @Async} method, but its caller.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(TrackLeadReflectiveProcessor.class)
public @interface TrackLead {

    /**
     * The application's id of the customer: a text, a number or a UUID. If it is {@code null} or blank, or cannot be evaluated, no
     * lead is reported. If sign-ins are reported too, use the same id for them.
     */
    String customerId();

    /** The e-mail address. If it cannot be evaluated, the lead is reported without it. */
    String email() default "";

    /** The display name. If it cannot be evaluated, the lead is reported without it. */
    String name() default "";

    /** The URL of a picture. If it cannot be evaluated, the lead is reported without it. */
    String avatar() default "";

    /**
     * The time when the account was created: an {@code Instant}, a {@code java.util.Date}, or a date and time with an offset or a
     * zone. Use it if existing customers can call the method too: a customer older than the click is not reported. If it cannot be
     * evaluated, no lead is reported.
     */
    String createdAt() default "";

    /**
     * The metadata that the backend stores with the lead: a map, for instance <code>{plan: #form.plan}</code>. Entries that are
     * {@code null} are left out. If the map cannot be evaluated, the lead is reported without it.
     */
    String metadata() default "";

    /**
     * The code that the visitor has given, such as {@code #form.coupon}. If there is no expression, the form field of
     * {@code referral-codes.parameter} is read. With one, the expressions are evaluated for each call. If it cannot be evaluated,
     * the lead is reported without a code. The expression cannot use {@code #result} if the method returns a
     * {@link java.util.concurrent.CompletionStage}.
     */
    String referralCode() default "";

    /** Whether the lead is reported. {@code null}, and an expression that cannot be evaluated, mean no. */
    String condition() default "";
}
