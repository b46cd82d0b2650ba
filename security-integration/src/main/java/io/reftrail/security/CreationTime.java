package io.reftrail.security;

import io.reftrail.model.RedactedFailure;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;

/**
 * The time when an account was created, read from a principal of the application's own type. Types of Spring Security are not read: the
 * attributes of an OAuth2 or SAML user describe the account at the provider.
 */
final class CreationTime {

    private static final Logger logger = LoggerFactory.getLogger(DefaultCustomerResolver.class);

    private static final List<String> PROPERTIES = List.of(
            "createdAt",
            "createdDate",
            "createdOn",
            "createdTime",
            "creationDate",
            "creationTime",
            "created",
            "registeredAt",
            "registeredOn",
            "registrationDate",
            "dateJoined",
            "joinedAt",
            "signedUpAt");

    private static final List<Class<?>> TIMES = List.of(
            Instant.class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            LocalDateTime.class,
            LocalDate.class,
            Date.class,
            Calendar.class);

    /** The getter of each class, empty if there is none. */
    private static final ClassValue<Optional<Method>> GETTERS = new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
            return type.getName().startsWith("org.springframework.")
                            || type.getName().startsWith("java.")
                    ? Optional.empty()
                    : PROPERTIES.stream()
                            .map(property -> getter(type, property))
                            .flatMap(Optional::stream)
                            .findFirst();
        }
    };

    private CreationTime() {}

    private static Optional<Method> getter(Class<?> type, String property) {
        for (String name : List.of("get" + StringUtils.capitalize(property), property)) {
            Method method = ReflectionUtils.findMethod(type, name);
            if (method != null
                    && Modifier.isPublic(method.getModifiers())
                    && TIMES.stream().anyMatch(time -> time.isAssignableFrom(method.getReturnType()))) {
                ReflectionUtils.makeAccessible(method);
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }

    /** Returns the time, or {@code null} if the principal has none. */
    static @Nullable Instant of(@Nullable Object principal) {
        Method getter =
                principal == null ? null : GETTERS.get(principal.getClass()).orElse(null);
        if (getter == null) {
            return null;
        }
        try {
            return instant(getter.invoke(principal), ZoneId.systemDefault());
        } catch (ReflectiveOperationException | RuntimeException failure) {
            logger.debug("Could not read {} of a principal", getter.getName(), RedactedFailure.of(failure));
            return null;
        }
    }

    @SuppressWarnings("JavaUtilDate") // an application's entity may have one
    private static @Nullable Instant instant(@Nullable Object time, ZoneId zone) {
        if (time instanceof Instant instant) {
            return instant;
        }
        if (time instanceof OffsetDateTime offset) {
            return offset.toInstant();
        }
        if (time instanceof ZonedDateTime zoned) {
            return zoned.toInstant();
        }
        if (time instanceof LocalDateTime local) {
            return local.atZone(zone).toInstant();
        }
        if (time instanceof LocalDate day) {
            return endOf(day, zone);
        }
        if (time instanceof java.sql.Date day) {
            return endOf(day.toLocalDate(), zone);
        }
        if (time instanceof Date date) {
            return Instant.ofEpochMilli(date.getTime());
        }
        return time instanceof Calendar calendar ? calendar.toInstant() : null;
    }

    /** The end of the day, so that a customer who signed up on the day of the click is a new one. */
    private static Instant endOf(LocalDate day, ZoneId zone) {
        return day.plusDays(1).atStartOfDay(zone).toInstant().minusMillis(1);
    }
}
