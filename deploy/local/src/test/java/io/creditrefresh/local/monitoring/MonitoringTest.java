package io.creditrefresh.local.monitoring;

import static io.creditrefresh.local.monitoring.MonitoringFiles.children;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rules, dashboards and runbook belong together; deploy/monitoring/check has Prometheus itself look at them. */
class MonitoringTest {

    private static final String PAGE =
            "https://github.com/credit-refresh/credit-refresh/blob/main/deploy/docs/runbook/%s.md";

    @Test
    void hasAPageOfTheRunbookForEveryAlertAndNoOther() {
        List<String> pages = MonitoringFiles.alertsOfPages();

        assertThat(pages).isNotEmpty().containsExactlyInAnyOrderElementsOf(names(MonitoringFiles.alerts()));
    }

    @Test
    void tellsOfEveryAlertWhatItIsAndWhereToRead() {
        assertThat(MonitoringFiles.alerts()).isNotEmpty().allSatisfy(alert -> {
            JsonNode annotations = alert.path("annotations");
            String name = alert.required("alert").asText();
            assertThat(alert.path("labels").path("severity").asText()).as(name).isIn("critical", "warning");
            assertThat(annotations.path("summary").asText()).as(name).isNotBlank();
            assertThat(annotations.path("description").asText()).as(name).isNotBlank();
            assertThat(annotations.path("runbook_url").asText()).isEqualTo(PAGE.formatted(name));
        });
    }

    @Test
    void testsEveryAlertWhereItFiresAndWhereItIsSilent() {
        Set<String> firing = new HashSet<>();
        Set<String> silent = new HashSet<>();
        for (JsonNode file : MonitoringFiles.testFiles().values()) {
            children(file.required("tests"))
                    .flatMap(test -> children(test.path("alert_rule_test")))
                    .forEach(test -> (test.path("exp_alerts").isEmpty() ? silent : firing)
                            .add(test.required("alertname").asText()));
        }

        assertThat(firing).isEqualTo(names(MonitoringFiles.alerts()));
        assertThat(silent).isEqualTo(names(MonitoringFiles.alerts()));
    }

    @Test
    void testsEveryFileOfRules() {
        assertThat(MonitoringFiles.testFiles().values().stream()
                        .flatMap(file -> children(file.required("rule_files")))
                        .map(JsonNode::asText)
                        .collect(Collectors.toSet()))
                .isEqualTo(MonitoringFiles.ruleFiles().keySet());
    }

    @Test
    void readsNothingThatNoRuleRecords() {
        Set<String> recorded = MonitoringFiles.rules().stream()
                .map(rule -> rule.path("record").asText())
                .collect(Collectors.toSet());

        assertThat(MonitoringFiles.expressions()).isNotEmpty().allSatisfy(expression -> {
            assertThat(expression.selectors()).as(expression.where()).isNotEmpty();
            assertThat(expression.selectors().stream()
                            .filter(Selector::isRecorded)
                            .map(Selector::metric))
                    .as(expression.where())
                    .isSubsetOf(recorded);
        });
    }

    @Test
    void recordsNothingThatNobodyReads() {
        Set<String> read = MonitoringFiles.expressions().stream()
                .flatMap(expression -> expression.selectors().stream())
                .map(Selector::metric)
                .collect(Collectors.toSet());

        assertThat(MonitoringFiles.rules().stream()
                        .filter(rule -> rule.has("record"))
                        .map(rule -> rule.required("record").asText()))
                .isSubsetOf(read);
    }

    @Test
    void describesEveryPanelAndItsUnit() {
        MonitoringFiles.dashboards().forEach((file, dashboard) -> {
            List<JsonNode> panels = children(dashboard.required("panels")).toList();
            assertThat(file).isEqualTo(dashboard.required("uid").asText() + ".json");
            assertThat(panels.stream().map(panel -> panel.required("id").asInt()))
                    .as(file)
                    .doesNotHaveDuplicates();
            assertThat(panels)
                    .filteredOn(panel -> !panel.required("type").asText().equals("row"))
                    .isNotEmpty()
                    .allSatisfy(panel -> {
                        String title = panel.required("title").asText();
                        assertThat(panel.path("description").asText()).as(title).isNotBlank();
                        assertThat(panel.at("/fieldConfig/defaults/unit").asText())
                                .as(title)
                                .isNotBlank();
                        assertThat(panel.at("/datasource/uid").asText())
                                .as(title)
                                .isEqualTo("${datasource}");
                        assertThat(panel.path("targets")).as(title).isNotEmpty();
                    });
        });
    }

    private static Set<String> names(List<JsonNode> alerts) {
        return alerts.stream().map(alert -> alert.required("alert").asText()).collect(Collectors.toSet());
    }
}
