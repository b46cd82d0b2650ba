package io.reftrail;

import io.reftrail.capture.CaptureRule;
import io.reftrail.model.InvalidSettingException;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The settings of {@link Referrals}.
 *
 * @param parameter the query parameter of a customer's link
 * @param landingPage the page that links lead to: an address, or a path of the site
 * @param window how long a visitor who followed a link is attributed to it
 * @param rewardAfter how long a payment has to stand without a refund before it is rewarded; zero for at once
 */
public record ReferralSettings(String parameter, String landingPage, Duration window, Duration rewardAfter) {

    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z0-9_-]{1,40}");

    private static final Pattern PAGE = Pattern.compile("(https?://[^\\s/?#]+)?(/[^\\s#]*)?");

    /** Links such as {@code /?friend=…} that count for 30 days, and a reward 14 days after the payment. */
    public static final ReferralSettings DEFAULT =
            new ReferralSettings("friend", "/", Duration.ofDays(30), Duration.ofDays(14));

    /** @throws InvalidSettingException if a setting cannot work */
    public ReferralSettings {
        if (!PARAMETER.matcher(parameter).matches()) {
            throw new InvalidSettingException(
                    "referrals.parameter",
                    "'" + parameter + "' is no name of a query parameter",
                    "Use at most 40 letters, digits, hyphens and underscores.",
                    "referrals.parameter=friend");
        }
        if (landingPage.isEmpty() || !PAGE.matcher(landingPage).matches()) {
            throw new InvalidSettingException(
                    "referrals.landing-page",
                    "'" + landingPage + "' is no page of the site",
                    "Write an address such as 'https://shop.example.com/' or a path such as '/welcome', without a fragment.",
                    "referrals.landing-page=/");
        }
        if (window.compareTo(Duration.ofMinutes(1)) < 0 || window.compareTo(CaptureRule.LONGEST_WINDOW) > 0) {
            throw new InvalidSettingException(
                    "referrals.window",
                    window + " is no lifetime of a cookie",
                    "Write a duration of at most 400 days, such as '30d'.");
        }
        if (rewardAfter.isNegative()) {
            throw new InvalidSettingException(
                    "referrals.reward-after", rewardAfter + " is in the past", "Write a duration such as '14d'.");
        }
    }

    /** Returns these settings with another time until a payment is rewarded. */
    public ReferralSettings withRewardAfter(Duration rewardAfter) {
        return new ReferralSettings(parameter, landingPage, window, rewardAfter);
    }
}
