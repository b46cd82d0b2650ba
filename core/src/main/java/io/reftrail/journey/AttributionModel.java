package io.reftrail.journey;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A rule that divides a conversion among the touches before it. Each model is a pure function of the touches; the view
 * {@code reftrail_attribution} computes the same in SQL.
 *
 * <p>A model gives each touch a weight, which is a whole number. The share of a touch is its part of the sum of weights. Shares
 * and amounts are rounded so that their sum is exact: the total up to each touch is rounded half up, and the touch gets the
 * difference from the total before it.
 */
public enum AttributionModel {
    /** The first touch alone. */
    FIRST_TOUCH {
        @Override
        List<Long> weights(List<Touch> touches) {
            return only(0, touches.size());
        }
    },
    /** The last touch alone. */
    LAST_TOUCH {
        @Override
        List<Long> weights(List<Touch> touches) {
            return only(touches.size() - 1, touches.size());
        }
    },
    /** The last touch that is not {@linkplain Touch#wasDirect() direct}, or the last one if all are. */
    LAST_NON_DIRECT {
        @Override
        List<Long> weights(List<Touch> touches) {
            int last = touches.size() - 1;
            while (last >= 0 && touches.get(last).wasDirect()) {
                last--;
            }
            return only(last < 0 ? touches.size() - 1 : last, touches.size());
        }
    },
    /** All touches equally. */
    LINEAR {
        @Override
        List<Long> weights(List<Touch> touches) {
            return touches.stream().map(touch -> 1L).toList();
        }
    },
    /** 40% each to the first and the last touch, 20% to those between them; half each if there are two. */
    POSITION_BASED {
        @Override
        List<Long> weights(List<Touch> touches) {
            int between = touches.size() - 2;
            List<Long> weights = new ArrayList<>();
            for (int i = 0; i < touches.size(); i++) {
                boolean end = i == 0 || i == touches.size() - 1;
                weights.add(end && between > 0 ? 2L * between : 1L);
            }
            return weights;
        }
    },
    /** The older a touch is, the less it gets: half as much for each 7 days before the last touch. */
    TIME_DECAY {
        @Override
        List<Long> weights(List<Touch> touches) {
            Touch last = touches.get(touches.size() - 1);
            return touches.stream()
                    .map(touch -> {
                        double age = Duration.between(touch.time(), last.time()).toSeconds();
                        return Math.round(WHOLE * Math.pow(0.5, age / HALF_LIFE.toSeconds()));
                    })
                    .toList();
        }
    };

    /** The time in which a touch loses half of its weight in {@link #TIME_DECAY}. */
    public static final Duration HALF_LIFE = Duration.ofDays(7);

    /** The decimals of a share. */
    public static final int SHARE_DECIMALS = 6;

    private static final double WHOLE = 1_000_000_000;

    /** Returns the weights of the touches. There is at least one touch, and at least one weight is not zero. */
    abstract List<Long> weights(List<Touch> touches);

    private static List<Long> only(int index, int size) {
        List<Long> weights = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            weights.add(i == index ? 1L : 0L);
        }
        return weights;
    }

    /**
     * A touch's part of a conversion.
     *
     * @param touch the touch
     * @param share its share, from 0 to 1, with {@value #SHARE_DECIMALS} decimals
     */
    public record Share(Touch touch, BigDecimal share) {}

    /**
     * A touch's part of an amount.
     *
     * @param touch the touch
     * @param amount the part, with the decimals of the whole amount
     */
    public record Portion(Touch touch, BigDecimal amount) {}

    /** Returns the share of each touch that counts. The sum is 1, or the list is empty if there is no touch. */
    public List<Share> shares(Journey journey) {
        List<Touch> touches = journey.touches();
        List<BigDecimal> parts = parts(touches, BigDecimal.ONE.setScale(SHARE_DECIMALS));
        List<Share> shares = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            shares.add(new Share(touches.get(i), parts.get(i)));
        }
        return shares;
    }

    /**
     * Divides an amount among the touches that count. The sum is exactly the amount; the list is empty if there is no touch.
     *
     * @param amount the amount with the currency's decimals, negative for a refund
     */
    public List<Portion> divide(BigDecimal amount, Journey journey) {
        List<Touch> touches = journey.touches();
        List<BigDecimal> parts = parts(touches, amount);
        List<Portion> portions = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            portions.add(new Portion(touches.get(i), parts.get(i)));
        }
        return portions;
    }

    private List<BigDecimal> parts(List<Touch> touches, BigDecimal whole) {
        if (touches.isEmpty()) {
            return List.of();
        }
        List<Long> weights = weights(touches);
        BigInteger sum =
                BigInteger.valueOf(weights.stream().mapToLong(Long::longValue).sum());
        BigInteger upTo = BigInteger.ZERO;
        BigDecimal before = BigDecimal.ZERO;
        List<BigDecimal> parts = new ArrayList<>();
        for (long weight : weights) {
            upTo = upTo.add(BigInteger.valueOf(weight));
            BigDecimal together = whole.multiply(new BigDecimal(upTo))
                    .divide(new BigDecimal(sum), whole.scale(), RoundingMode.HALF_UP);
            parts.add(together.subtract(before).setScale(whole.scale()));
            before = together;
        }
        return parts;
    }

    /** Returns the name as it appears in the view, for example {@code last-non-direct}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
