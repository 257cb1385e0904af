package io.creditrefresh.planner.csv;

/** A value of the file as messages show it: in quotes, shortened, and without anything that moves a terminal's cursor. */
final class Quoted {

    private static final int CHARACTERS_MAX = 40;

    private Quoted() {}

    static String of(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        value.codePoints().limit(CHARACTERS_MAX).forEach(character -> append(quoted, character));
        boolean shortened = value.codePoints().skip(CHARACTERS_MAX).findAny().isPresent();
        return quoted.append(shortened ? "...\"" : "\"").toString();
    }

    private static void append(StringBuilder quoted, int character) {
        switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                quoted.append("\\u%04x".formatted(character));
            default -> quoted.appendCodePoint(character);
        }
    }
}
