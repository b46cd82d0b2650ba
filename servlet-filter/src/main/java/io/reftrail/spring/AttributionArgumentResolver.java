package io.reftrail.spring;

import io.reftrail.Reftrail;
import io.reftrail.model.Attribution;
import io.reftrail.servlet.ServletCookieExchange;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * An argument resolver that passes a request's clicks to a controller: all of them as {@code List<Attribution>}, at most one for
 * each backend; or the latest one as {@code Attribution}, which is {@code null} if there is none, or as
 * {@code Optional<Attribution>}. A code in the form field of {@code referral-codes.parameter} counts as a click. The resolver
 * changes nothing. If Reftrail is switched off, there are no clicks. Thread-safe.
 */
public final class AttributionArgumentResolver implements HandlerMethodArgumentResolver {

    private static final ResolvableType LIST = ResolvableType.forClassWithGenerics(List.class, Attribution.class);

    private final Supplier<? extends @Nullable Reftrail> reftrail;

    /** @param reftrail supplies the instance that reads the clicks; {@code null} means that there are none */
    public AttributionArgumentResolver(Supplier<? extends @Nullable Reftrail> reftrail) {
        this.reftrail = reftrail;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.nestedIfOptional().getNestedParameterType() == Attribution.class || isList(parameter);
    }

    private static boolean isList(MethodParameter parameter) {
        return parameter.getParameterType() == List.class
                && LIST.isAssignableFrom(ResolvableType.forMethodParameter(parameter));
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        List<Attribution> attributions = attributions(request.getNativeRequest(HttpServletRequest.class));
        if (isList(parameter)) {
            return attributions;
        }
        Optional<Attribution> latest =
                attributions.stream().max(Comparator.comparing(AttributionArgumentResolver::time));
        return parameter.isOptional() && parameter.getParameterType() == Optional.class ? latest : latest.orElse(null);
    }

    private List<Attribution> attributions(@Nullable HttpServletRequest request) {
        Reftrail reader = reftrail.get();
        return reader == null || request == null
                ? List.of()
                : reader.attributions(new ServletCookieExchange(request, null), null);
    }

    /** A click of unknown time sorts before all others. */
    private static Instant time(Attribution attribution) {
        return attribution.clickedAt() == null ? Instant.MIN : attribution.clickedAt();
    }
}
