package io.reftrail.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.journey.AttributionModel.Portion;
import io.reftrail.journey.AttributionModel.Share;
import io.reftrail.journey.Touch.Origin;
import io.reftrail.journey.Touch.Utm;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How a conversion is divided among the touches before it. */
class AttributionModelTests {

    private static final Instant START = Instant.parse("2026-03-01T10:15:30Z");

    private static Touch touch(Duration after, Origin origin) {
        String source = origin == Origin.DIRECT ? "direct" : "Google";
        return new Touch(START.plus(after), origin, source, null, "/", Utm.NONE, null, null);
    }

    /** @param way a letter for each touch, a day after the one before it: d for a direct one, anything else for another one */
    private static Journey journey(String way) {
        List<Touch> touches = IntStream.range(0, way.length())
                .mapToObj(i -> touch(Duration.ofDays(i), way.charAt(i) == 'd' ? Origin.DIRECT : Origin.SEARCH))
                .toList();
        return new Journey("kim", touches, List.of(), List.of(), List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "FIRST_TOUCH, s, 1.000000",
        "FIRST_TOUCH, dss, 1.000000 0.000000 0.000000",
        "LAST_TOUCH, ssd, 0.000000 0.000000 1.000000",
        "LAST_NON_DIRECT, ssd, 0.000000 1.000000 0.000000",
        "LAST_NON_DIRECT, sddd, 1.000000 0.000000 0.000000 0.000000",
        "LAST_NON_DIRECT, ddd, 0.000000 0.000000 1.000000",
        "LINEAR, ss, 0.500000 0.500000",
        "LINEAR, sss, 0.333333 0.333334 0.333333",
        "POSITION_BASED, s, 1.000000",
        "POSITION_BASED, ss, 0.500000 0.500000",
        "POSITION_BASED, sss, 0.400000 0.200000 0.400000",
        "POSITION_BASED, ssss, 0.400000 0.100000 0.100000 0.400000",
        "POSITION_BASED, sssss, 0.400000 0.066667 0.066666 0.066667 0.400000",
        "TIME_DECAY, s, 1.000000",
    })
    void aModelDividesByItsRule(AttributionModel model, String way, String shares) {
        assertThat(model.shares(journey(way)).stream().map(Share::share).map(BigDecimal::toString))
                .containsExactly(shares.split(" "));
    }

    @Test
    void aTouchLosesHalfOfItsWeightInAWeek() {
        List<Touch> touches = List.of(
                touch(Duration.ZERO, Origin.SEARCH),
                touch(Duration.ofDays(7), Origin.SEARCH),
                touch(Duration.ofDays(14), Origin.SEARCH));

        assertThat(AttributionModel.TIME_DECAY.shares(new Journey("kim", touches, List.of(), List.of(), List.of())))
                .extracting(Share::share)
                .containsExactly(new BigDecimal("0.142857"), new BigDecimal("0.285714"), new BigDecimal("0.571429"));
    }

    @ParameterizedTest
    @EnumSource
    void sharesAddUpToOneAndAmountsToTheCent(AttributionModel model) {
        Random random = new Random(4_711);
        for (int round = 0; round < 2_000; round++) {
            Journey journey = anyJourney(random);
            BigDecimal amount = BigDecimal.valueOf(random.nextLong(-10_000_000, 10_000_000), random.nextInt(4));

            List<Share> shares = model.shares(journey);
            List<Portion> portions = model.divide(amount, journey);

            assertThat(shares.stream().map(Share::share).reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(BigDecimal.ONE);
            assertThat(portions.stream().map(Portion::amount).reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualTo(amount);
            BigDecimal unit = BigDecimal.ONE.movePointLeft(amount.scale());
            for (int i = 0; i < shares.size(); i++) {
                assertThat(shares.get(i).share()).isBetween(BigDecimal.ZERO, BigDecimal.ONE);
                BigDecimal exact = amount.multiply(shares.get(i).share());
                BigDecimal tolerance = unit.add(amount.abs().movePointLeft(AttributionModel.SHARE_DECIMALS));
                assertThat(portions.get(i).amount().subtract(exact).abs()).isLessThanOrEqualTo(tolerance);
                assertThat(portions.get(i).touch()).isSameAs(journey.touches().get(i));
            }
        }
    }

    private static Journey anyJourney(Random random) {
        List<Touch> touches = new ArrayList<>();
        Duration after = Duration.ZERO;
        for (int i = random.nextInt(12); i >= 0; i--) {
            after = after.plusSeconds(random.nextInt(40 * 86_400));
            touches.add(touch(after, random.nextBoolean() ? Origin.DIRECT : Origin.SOCIAL));
        }
        return new Journey("kim", touches, List.of(), List.of(), List.of());
    }

    @ParameterizedTest
    @EnumSource
    void withoutATouchNothingIsDivided(AttributionModel model) {
        assertThat(model.shares(journey(""))).isEmpty();
        assertThat(model.divide(BigDecimal.TEN, journey(""))).isEmpty();
    }

    @Test
    void moneyIsDividedToTheCent() {
        assertThat(AttributionModel.LINEAR.divide(new BigDecimal("29.00"), journey("sss")))
                .extracting(Portion::amount)
                .containsExactly(new BigDecimal("9.67"), new BigDecimal("9.66"), new BigDecimal("9.67"));
        assertThat(AttributionModel.POSITION_BASED.divide(new BigDecimal("-1"), journey("ssss")))
                .extracting(Portion::amount)
                .containsExactly(new BigDecimal("0"), new BigDecimal("-1"), new BigDecimal("0"), new BigDecimal("0"));
    }
}
