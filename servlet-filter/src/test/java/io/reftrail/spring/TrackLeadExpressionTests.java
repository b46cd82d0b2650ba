package io.reftrail.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.reftrail.LeadRequest;
import io.reftrail.model.Customer;
import java.lang.reflect.Method;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.annotation.MergedAnnotations;

/** What expressions are given, and what is made of what they give. */
class TrackLeadExpressionTests {

    private static final Instant CREATED = Instant.parse("2026-03-01T09:00:00Z");

    /** What people fill in. */
    record Form(String email, @Nullable String plan, boolean staff) {}

    /** What a service returns. */
    record Account(@Nullable Object id, @Nullable Object created) {}

    interface Accounts {

        @TrackLead(
                customerId = "#result.id",
                email = "#form.email",
                name = "#p1",
                avatar = "'https://img.example/' + #a1",
                createdAt = "#result?.created",
                metadata = "{plan: #form.plan, seats: 3, #a1: 'x'}",
                condition = "!#form.staff")
        Account open(Form form, String name);

        @TrackLead(customerId = "#result")
        Object plain();

        @TrackLead(customerId = "#p0", email = "#p0.nothing", name = "#p0.nothing", metadata = "#p0")
        void brokenDetails(String id);

        @TrackLead(customerId = "#p0.nothing")
        void brokenCustomer(String id);

        @TrackLead(customerId = "#p0", createdAt = "#p0")
        void brokenTime(String id);

        @TrackLead(customerId = "#p0", condition = "#p0")
        void brokenCondition(String id);

        @TrackLead(customerId = "#result.id")
        void imported(Account result);

        @TrackLead(customerId = "#p0", condition = "null")
        void noCondition(String id);
    }

    private static @Nullable LeadRequest call(String name, @Nullable Object result, Object... arguments) {
        Method method = Arrays.stream(Accounts.class.getMethods())
                .filter(candidate -> candidate.getName().equals(name))
                .findFirst()
                .orElseThrow();
        TrackedMethod tracked =
                TrackedMethod.read(method, MergedAnnotations.from(method).get(TrackLead.class));
        try {
            return tracked.signUp(arguments, result, null);
        } catch (LeadExpression.Failure refused) {
            return null;
        }
    }

    private static @Nullable String customerId(@Nullable Object result) {
        LeadRequest lead = call("plain", result);
        return lead == null ? null : lead.customer().id();
    }

    @Test
    void allOfACustomerCanBeSaid() {
        LeadRequest lead = call("open", new Account(7L, CREATED), new Form("mia@example.org", "pro", false), "Mia");

        assertThat(lead)
                .isEqualTo(new LeadRequest(
                        new Customer("7", "mia@example.org", "Mia", "https://img.example/Mia", CREATED),
                        Map.of("plan", "pro", "seats", "3", "Mia", "x"),
                        false,
                        null));
    }

    @Test
    void whatIsUnknownIsLeftOut() {
        LeadRequest lead = call("open", new Account("7", null), new Form("mia@example.org", null, false), "Mia");

        assertThat(Objects.requireNonNull(lead).metadata()).doesNotContainKey("plan");
        assertThat(lead.customer().createdAt()).isNull();
        assertThat(call("open", new Account("7", null), new Form("mia@example.org", null, true), "Mia"))
                .isNull();
    }

    static Stream<Arguments> ids() {
        UUID uuid = UUID.randomUUID();
        return Stream.of(
                arguments("a7", "a7"),
                arguments(7, "7"),
                arguments(7L, "7"),
                arguments(uuid, uuid.toString()),
                arguments(Optional.of("a7"), "a7"),
                arguments(Optional.empty(), null),
                arguments(null, null),
                arguments("", null),
                arguments(" \t", null),
                arguments(new Account("a7", null), null),
                arguments(new Object[] {List.of("a7"), null}),
                arguments(new LinkedHashMap<>(), null));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @MethodSource("ids")
    void aCustomerIsKnownByATextOrANumberAndByNothingElse(@Nullable Object result, @Nullable String id) {
        assertThat(customerId(result)).isEqualTo(id);
    }

    @Test
    void aMethodThatReturnsNothingMayHaveAParameterNamedResult() {
        LeadRequest lead = call("imported", null, new Account("7", null));

        assertThat(Objects.requireNonNull(lead).customer().id()).isEqualTo("7");
    }

    static Stream<Arguments> times() {
        return Stream.of(
                arguments(CREATED, CREATED),
                arguments(Date.from(CREATED), CREATED),
                arguments(OffsetDateTime.parse("2026-03-01T10:00:00+01:00"), CREATED),
                arguments(OffsetDateTime.parse("2026-03-01T10:00:00+01:00").toZonedDateTime(), CREATED),
                arguments(new java.sql.Timestamp(CREATED.toEpochMilli()), CREATED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("times")
    void accountsTellTheirAgeInMoreThanOneWay(Object created, Instant instant) {
        LeadRequest lead = call("open", new Account("7", created), new Form("mia@example.org", null, false), "Mia");

        assertThat(Objects.requireNonNull(lead).customer().createdAt()).isEqualTo(instant);
    }

    @Test
    void whoseAgeCannotBeToldIsNotReported() {
        Form form = new Form("mia@example.org", null, false);

        assertThat(call("open", new Account("7", LocalDateTime.of(2026, 3, 1, 9, 0)), form, "Mia"))
                .isNull();
        assertThat(call("open", new Account("7", CREATED.toEpochMilli()), form, "Mia"))
                .isNull();
        assertThat(call("brokenTime", null, "7")).isNull();
    }

    @Test
    void whatALeadCanDoWithoutDoesNotKeepItBack() {
        assertThat(call("brokenDetails", null, "7")).isEqualTo(LeadRequest.of(Customer.of("7")));
    }

    @Test
    void nobodyIsReportedWhereItIsNotCertainWhoOrWhether() {
        assertThat(call("brokenCustomer", null, "7")).isNull();
        assertThat(call("brokenCondition", null, "7")).isNull();
        assertThat(call("noCondition", null, "7")).isNull();
    }
}
