package io.reftrail.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ISO 4217's minor units: two decimals for most, none for some, three for a few. */
class MoneyTests {

    @ParameterizedTest
    @CsvSource({
        "29.00, EUR, 2900, 29.00",
        "29,    EUR, 2900, 29.00",
        "29.5,  usd, 2950, 29.50",
        "0.01,  USD, 1,    0.01",
        "0,     EUR, 0,    0.00",
        "2900,  JPY, 2900, 2900",
        "2900.00, jpy, 2900, 2900",
        "1E3,   KRW, 1000, 1000",
        "50000, VND, 50000, 50000",
        "1.234, KWD, 1234, 1.234",
        "1.2,   BHD, 1200, 1.200",
        "999999999999999.99, EUR, 99999999999999999, 999999999999999.99",
    })
    void anAmountHasTheDecimalsOfItsCurrency(BigDecimal amount, String currency, long minor, String shown) {
        Money money = Money.of(amount, currency);

        assertThat(money.minorUnits()).isEqualTo(minor);
        assertThat(money.amount().toPlainString()).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "-0.01, EUR",
        "0.001, EUR",
        "29.5, JPY",
        "1.2345, KWD",
        "1, XAU",
        "1, XXX",
        "1, EURO",
        "1, ''",
        "1000000000000000, EUR",
        "1E30, EUR",
        "1E-30, EUR",
        "1E+2147483647, JPY",
        "1234567890E+2147483640, EUR",
    })
    void whatIsNoAmountOfThatCurrencyIsRefused(BigDecimal amount, String currency) {
        assertThatIllegalArgumentException().isThrownBy(() -> Money.of(amount, currency));
    }
}
