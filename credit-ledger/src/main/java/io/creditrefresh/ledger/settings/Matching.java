package io.creditrefresh.ledger.settings;

import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/** Takes a value that matches a pattern as it is; the message to any other says what is allowed. */
@SuppressWarnings("serial")
public abstract class Matching implements Converter<String> {

    private final Pattern pattern;
    private final String allowed;

    protected Matching(String regex, String allowed) {
        this.pattern = Pattern.compile(regex);
        this.allowed = allowed;
    }

    @Override
    public String convert(String value) {
        if (!pattern.matcher(value.trim()).matches()) {
            throw new IllegalArgumentException("allowed: " + allowed);
        }
        return value;
    }
}
