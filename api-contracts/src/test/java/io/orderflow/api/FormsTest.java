package io.orderflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.api.inventory.Sku;
import io.orderflow.api.order.EmailAddress;
import io.orderflow.api.order.PhoneNumber;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What forms are looked through by hand, told as regular expressions, and compared on texts that are nearly right. */
class FormsTest {

    private static final int TEXTS = 50_000;

    @Test
    void emailAddress() {
        Pattern form = Pattern.compile("[^\\s@]{1,64}@[^\\s@.]+(\\.[^\\s@.]+)*");
        Form fits = text -> text.length() <= 254 && form.matcher(text).matches();
        agree(
                EmailAddress::new,
                fits,
                List.of("eve", "@", ".", "example.org", " ", "\t", "\u000b", "\u00a0", "é", "-"),
                6);
        agree(EmailAddress::new, fits, List.of("x".repeat(60), "🙂", "@", "y".repeat(40), "."), 8);
    }

    @Test
    void phoneNumber() {
        Pattern form = Pattern.compile("\\+[0-9]{6,15}");
        agree(
                PhoneNumber::new,
                text -> form.matcher(text).matches(),
                List.of("+", "12345", "6", "789", "٣", "a", " "),
                5);
    }

    @Test
    void sku() {
        Pattern form = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
        Pattern uuid = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
        List<String> parts = List.of(
                "0123abCD", "-4567", "-", ".", "_", "g", "é", "x".repeat(32), "-89ab-cdef-0123-0123456789ab", "٣", " ");
        agree(
                Sku::new,
                text -> form.matcher(text).matches() && !uuid.matcher(text).matches(),
                parts,
                4);
    }

    private interface Form {
        boolean fits(String text);
    }

    private static void agree(Consumer<String> reading, Form form, List<String> parts, int most) {
        Random random = new Random(most);
        int fitting = 0;
        for (int i = 0; i < TEXTS; i++) {
            String text = Stream.generate(() -> parts.get(random.nextInt(parts.size())))
                    .limit(random.nextInt(most + 1))
                    .collect(Collectors.joining());
            boolean fits = form.fits(text);
            fitting += fits ? 1 : 0;
            assertThat(isRead(reading, text)).as("'%s'", text).isEqualTo(fits);
        }
        assertThat(fitting).isBetween(TEXTS / 1000, TEXTS - TEXTS / 1000);
    }

    private static boolean isRead(Consumer<String> reading, String text) {
        try {
            reading.accept(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
