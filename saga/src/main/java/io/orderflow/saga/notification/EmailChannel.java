package io.orderflow.saga.notification;

import io.orderflow.api.order.EmailAddress;
import io.orderflow.api.order.OrderId;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import org.springframework.mail.MailPreparationException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;

/**
 * E-mail over SMTP. SMTP cannot tell repeats: a message may, after a crash, be sent twice, under the same Message-ID, by
 * which mailboxes tell them.
 */
public final class EmailChannel implements NotificationChannel {

    private final JavaMailSender sender;
    private final String from;

    public EmailChannel(JavaMailSender sender, String from) {
        this.sender = sender;
        this.from = from;
    }

    @Override
    public void send(String key, OrderId orderId, Occasion occasion, Contact contact) {
        EmailAddress to = contact.email();
        if (to == null) {
            return;
        }
        MimeMessage message = new WithMessageId(sender.createMimeMessage(), key);
        try {
            MimeMessageHelper mail = new MimeMessageHelper(message, "UTF-8");
            mail.setFrom(from);
            mail.setTo(to.value());
            mail.setSubject(occasion.subject());
            mail.setText(occasion.subject() + ".\n\nOrder " + orderId + "\n");
        } catch (MessagingException e) {
            throw new MailPreparationException(e);
        }
        sender.send(message);
    }

    /** Saving a message gives it a Message-ID; this one always gets its own. */
    private static final class WithMessageId extends MimeMessage {

        private final String key;

        WithMessageId(MimeMessage original, String key) {
            super(original.getSession());
            this.key = key;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + key.replace('/', '.') + "@orderflow>");
        }
    }
}
