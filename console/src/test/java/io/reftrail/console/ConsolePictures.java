package io.reftrail.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/**
 * Takes the pictures of the console that the documentation shows. No part of the build, because its name ends in none of the ways that a
 * test's does: {@code mvn -Dquick -pl console -am test -Dtest=ConsolePictures}.
 */
class ConsolePictures {

    private static final Path IMAGES = Path.of("..", "docs", "images");

    @Test
    void take() throws Exception {
        try (Page page = Page.start();
                BusyShop busy = new BusyShop()) {
            page.look(1100, 700, "light");
            page.open(busy.shop(), "funnel");
            page.eventually(() -> assertThat(page.text("#money")).contains("EUR"));
            write("console-funnel.png", page.picture());

            page.open(busy.shop(), "vendors");
            page.eventually(() -> assertThat(page.text("#cards")).contains("key refused"));
            page.look(1100, 560, "dark");
            write("console-vendors.png", page.picture());

            page.look(390, 760, "light");
            page.open(busy.shop(), "customer");
            page.find("#customer-id").sendKeys("kim", Keys.ENTER);
            page.eventually(() -> assertThat(page.text("#summary")).contains("A lead"));
            page.run("document.activeElement.blur()");
            write("console-customer.png", page.picture());
        }
    }

    private static void write(String name, byte[] picture) throws IOException {
        assertThat(picture).hasSizeLessThan(150_000);
        Files.write(IMAGES.resolve(name), picture);
    }
}
