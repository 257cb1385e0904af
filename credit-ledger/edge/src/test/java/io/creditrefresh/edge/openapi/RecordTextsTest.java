package io.creditrefresh.edge.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordTextsTest {

    @Test
    void areWhatTheJavadocSaysOfTheWholeAndOfEachComponent() {
        String javadoc = """
                 What a user has,
                 as a spend would find it.

                 @param plan one of {@code free} and {@code pro}
                 @param limit what
                   {@link Period} granted
                 @see Refresh
                """;

        assertThat(RecordTexts.texts(javadoc)).isEqualTo("""
                =What a user has, as a spend would find it.
                plan=one of `free` and `pro`
                limit=what `Period` granted
                """);
    }

    @Test
    void keepWhatIsNoTag() {
        assertThat(RecordTexts.texts(" account@due, and a = b\n @param jobId as 17@2026\n"))
                .isEqualTo("=account@due, and a = b\njobId=as 17@2026\n");
    }

    @Test
    void areEmptyWithoutASentence() {
        assertThat(RecordTexts.texts(" @param kind of credits")).isEqualTo("=\nkind=of credits\n");
    }
}
