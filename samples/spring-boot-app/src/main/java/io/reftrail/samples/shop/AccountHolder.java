package io.reftrail.samples.shop;

/** A signed-in customer, by whatever route: what every principal of this shop is. */
interface AccountHolder {

    Account account();
}
