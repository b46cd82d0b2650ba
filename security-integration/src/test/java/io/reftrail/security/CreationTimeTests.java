package io.reftrail.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.reftrail.model.Customer;
import java.security.Principal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;

/** When the account was created, by the principal of an application. */
class CreationTimeTests {

    private static final Instant TIME = Instant.parse("2024-03-01T10:15:30Z");

    private static final ZoneId ZONE = ZoneId.systemDefault();

    record Member(String name, Instant createdAt) implements Principal {

        @Override
        public String getName() {
            return name;
        }
    }

    /** As JPA's auditing has it. */
    public static class Audited implements Principal {

        private final @Nullable Object time;

        Audited(@Nullable Object time) {
            this.time = time;
        }

        @Nullable
        Object time() {
            return time;
        }

        @Override
        public String getName() {
            return "kim";
        }
    }

    public static final class WithDate extends Audited {

        WithDate(@Nullable Date time) {
            super(time);
        }

        public @Nullable Date getCreatedDate() {
            return (Date) time();
        }
    }

    public static final class WithLocalDateTime extends Audited {

        WithLocalDateTime(LocalDateTime time) {
            super(time);
        }

        public @Nullable LocalDateTime getRegisteredAt() {
            return (LocalDateTime) time();
        }
    }

    public static final class WithDay extends Audited {

        WithDay(LocalDate time) {
            super(time);
        }

        public @Nullable LocalDate getDateJoined() {
            return (LocalDate) time();
        }
    }

    public static final class WithOffset extends Audited {

        WithOffset(OffsetDateTime time) {
            super(time);
        }

        public @Nullable OffsetDateTime getCreatedOn() {
            return (OffsetDateTime) time();
        }
    }

    public static final class WithZone extends Audited {

        WithZone(ZonedDateTime time) {
            super(time);
        }

        public @Nullable ZonedDateTime getCreationTime() {
            return (ZonedDateTime) time();
        }
    }

    public static final class WithCalendar extends Audited {

        WithCalendar(GregorianCalendar time) {
            super(time);
        }

        public @Nullable GregorianCalendar getCreated() {
            return (GregorianCalendar) time();
        }
    }

    @SuppressWarnings("DoNotCallSuggester")
    public static final class Broken extends Audited {

        Broken() {
            super(null);
        }

        public Instant getCreatedAt() {
            throw new IllegalStateException("could not initialize proxy of kim@example.org");
        }
    }

    public static final class WithAnotherType extends Audited {

        WithAnotherType() {
            super("yesterday");
        }

        public String getCreatedAt() {
            return "yesterday";
        }
    }

    static Stream<Arguments> principals() {
        LocalDateTime local = LocalDateTime.ofInstant(TIME, ZONE);
        return Stream.of(
                arguments(new Member("kim", TIME), TIME),
                arguments(new WithDate(Date.from(TIME)), TIME),
                arguments(new WithDate(new java.sql.Timestamp(TIME.toEpochMilli())), TIME),
                arguments(new WithLocalDateTime(local), TIME),
                arguments(new WithOffset(TIME.atOffset(ZoneOffset.ofHours(5))), TIME),
                arguments(new WithZone(TIME.atZone(ZoneId.of("Asia/Tokyo"))), TIME),
                arguments(new WithCalendar(GregorianCalendar.from(TIME.atZone(ZONE))), TIME),
                arguments(new WithDay(local.toLocalDate()), endOf(local.toLocalDate())),
                arguments(new WithDate(java.sql.Date.valueOf(local.toLocalDate())), endOf(local.toLocalDate())),
                arguments(new WithDate(null), null),
                arguments(new Broken(), null),
                arguments(new WithAnotherType(), null),
                arguments(new Audited(null), null));
    }

    private static Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(ZONE).toInstant().minusMillis(1);
    }

    @ParameterizedTest
    @MethodSource("principals")
    void isReadFromAPrincipalOfTheApplication(Principal principal, @Nullable Instant expected) {
        assertThat(resolve(new TestingAuthenticationToken(principal, "", "ROLE_USER"))
                        .createdAt())
                .isEqualTo(expected);
    }

    @Test
    void isNotReadFromTheAccountAtAProvider() {
        assertThat(resolve(Principals.oauth2("id", Map.of("id", "7", "created_at", TIME)))
                        .createdAt())
                .isNull();
    }

    private static Customer resolve(Authentication authentication) {
        return Objects.requireNonNull(new DefaultCustomerResolver().resolve(authentication));
    }
}
