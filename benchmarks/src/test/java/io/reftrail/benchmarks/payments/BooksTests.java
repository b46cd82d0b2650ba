package io.reftrail.benchmarks.payments;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.benchmarks.payments.Books.Account;
import io.reftrail.benchmarks.payments.Books.Money;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BooksTests {

    private static final String PAID =
            "{'payment':'pi_1','customer':'cus_1','currency':'eur','paid':2900,'total':2900,'tax':0,'refunded':0,'lost':0}";

    private static final String SALE =
            "{'kind':'sale','verdict':'recorded','customer':'customer-1','clickId':'c','amount':2900,'currency':'EUR'}";

    @ParameterizedTest
    @CsvSource({
        "2900, 2900,   0,    0,    0, 1, 2900",
        "2900, 2900, 463,    0,    0, 1, 2437",
        "2900, 2900, 463, 1450,    0, 1, 1218",
        "2900, 2900, 463, 1000, 1900, 1,    0",
        "1000, 3451, 551,    0,    0, 1,  840",
        "   1,    1,   1,    0,    0, 0,    0"
    })
    void whatIsLeftOfAPaymentIsWithoutTaxAndRefunds(
            long paid, long total, long tax, long refunded, long lost, int sales, long left) {
        JsonNode payment = json(
                "{'paid':%d,'total':%d,'tax':%d,'refunded':%d,'lost':%d}".formatted(paid, total, tax, refunded, lost));

        assertThat(Books.left(payment)).isEqualTo(new Money(sales, left));
    }

    @Test
    void theSameMoneyIsNoDifference() {
        assertThat(books(PAID, SALE).differences()).isEmpty();
    }

    @Test
    void aLostSaleADoubledSaleAndACentAreDifferences() {
        Account account = new Account("customer-1", "EUR");

        assertThat(books(PAID).differences()).isEqualTo(Map.of(account, List.of(new Money(1, 2900), new Money(0, 0))));
        assertThat(books(PAID, SALE, SALE).differences())
                .isEqualTo(Map.of(account, List.of(new Money(1, 2900), new Money(2, 5800))));
        assertThat(books(PAID, SALE.replace("2900", "2899")).differences())
                .isEqualTo(Map.of(account, List.of(new Money(1, 2900), new Money(1, 2899))));
    }

    @Test
    void aRefundIsFoundByTheClickOfTheSale() {
        String refund = "{'kind':'refund','verdict':'recorded','clickId':'c','amount':1450,'currency':'EUR'}";

        assertThat(books(PAID.replace("'refunded':0", "'refunded':1450"), SALE, refund)
                        .differences())
                .isEmpty();
        assertThat(books(PAID, SALE, refund).differences()).hasSize(1);
    }

    @Test
    void whatAVendorRecognisedOrRefusedIsNoMoney() {
        assertThat(books(PAID, SALE, SALE.replace("recorded", "duplicate"), SALE.replace("recorded", "fault"))
                        .differences())
                .isEmpty();
    }

    @Test
    void aSaleOfSomebodyWhomNobodyReferredIsADifference() {
        String sale = SALE.replace("customer-1", "customer-10");

        assertThat(books(PAID.replace("cus_1", "cus_10")).differences()).isEmpty();
        assertThat(books(PAID.replace("cus_1", "cus_10"), sale).differences()).hasSize(1);
    }

    private static Books books(String payment, String... calls) {
        return Books.read(
                json("[" + payment + "]"),
                List.of(calls).stream().map(BooksTests::json).toList(),
                Map.of("cus_1", "customer-1", "cus_10", "customer-10"),
                Shopper::isReferred);
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }
}
