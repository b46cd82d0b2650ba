package io.reftrail.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * A method that signs a customer up: when it has returned, and the request carries a partner's click, the customer is
 * reported as a lead. On methods of services and controllers, or on a method of an interface that they implement:
 *
 * <pre>{@code
 * @Transactional
 * @TrackLead(customerId = "#result.id", email = "#form.email", metadata = "{plan: #form.plan}")
 * public Account open(SignUpForm form) { … }
 * }</pre>
 *
 * <p>The attributes are expressions of Spring's language (SpEL). They know the method's parameters by their names and as
 * {@code #p0}, {@code #p1}, …, what it has returned as {@code #result} (of an {@code Optional} what is in it), and other
 * beans as {@code @name}. They are read when the application starts, which fails on a syntax error and on an unknown
 * variable, and evaluated only where a click is at hand.
 *
 * <p><b>In a transaction the lead belongs to it</b>, the method's own included: it is committed with the sign-up or not at all
 * where leads are kept in the application's database, and otherwise reported after the commit. A method that throws has no
 * lead. An expression that fails never fails the method.
 *
 * <p>A method that returns a {@link java.util.concurrent.CompletionStage} has signed the customer up when that completes: the
 * clicks are read when the method returns, the customer is reported on completion, where {@code #result} is the stage's value,
 * outside of the method's transaction, and the visitor's cookie stays until the next sign-in. Methods that return a reactive
 * type, and suspending functions, are refused when the application starts; call {@code Reftrail.lead} there.
 *
 * <p>As with {@code @Transactional}, a bean that calls its own method is not seen; the call has to come from outside. A class
 * that cannot be extended needs an interface, or the application does not start; neither does it with the annotation on a
 * method that is private, static or final. The request is that of the calling thread: on a method that is {@code @Async} the
 * annotation finds none, and belongs on its caller.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(TrackLeadReflectiveProcessor.class)
public @interface TrackLead {

    /**
     * The application's id of the customer: a text, a number or a UUID. Where it is {@code null} or blank, or cannot be
     * evaluated, there is no lead. Where sign-ins are reported too, it must be the id that those give the customer.
     */
    String customerId();

    /** The e-mail address; without it, or where it cannot be evaluated, the lead goes without. */
    String email() default "";

    /** The display name; without it, or where it cannot be evaluated, the lead goes without. */
    String name() default "";

    /** The address of a picture; without it, or where it cannot be evaluated, the lead goes without. */
    String avatar() default "";

    /**
     * When the account was created: an {@code Instant}, a {@code java.util.Date}, or a date and time with an offset or a zone.
     * For methods that may also meet existing customers: who is older than the click is no lead. Where it cannot be evaluated,
     * there is none either.
     */
    String createdAt() default "";

    /**
     * What else the backend shall store with the lead: a map, for instance <code>{plan: #form.plan}</code>. What is
     * {@code null} is left out; where the map cannot be evaluated, the lead goes without.
     */
    String metadata() default "";

    /** Whether there is a lead at all. {@code null}, and what cannot be evaluated, is a no. */
    String condition() default "";
}
