package io.orderflow.command.config;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Tells whether two requests under one idempotency key ask for the same. */
@Component
public final class RequestHash {

    /** Metadata under which the hash is kept with the event. */
    public static final String KEY = "requestHash";

    private final JsonMapper mapper;
    private final MessageDigest prototype; // looking for a provider each time was a quarter of this

    RequestHash(JsonMapper mapper) {
        this.mapper = mapper;
        this.prototype = sha256();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** SHA-256 of what was understood of the body: the order of its fields and its white space do not matter. */
    public String of(Object request) {
        try {
            MessageDigest digest = (MessageDigest) prototype.clone();
            return HexFormat.of().formatHex(digest.digest(mapper.writeValueAsBytes(request)));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("every Java platform's SHA-256 can be copied", e);
        }
    }
}
