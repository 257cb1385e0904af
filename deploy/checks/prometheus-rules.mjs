// Writes the PrometheusRule of k8s/components/prometheus-operator from deploy/monitoring/rules/*.rules.yaml.
// Run it after a change of the rules: node deploy/checks/prometheus-rules.mjs. A test compares the two.
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, stringify } from "yaml";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const folder = join(root, "deploy/monitoring/rules");
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".rules.yaml")).sort() : [];

const rule = {
  apiVersion: "monitoring.coreos.com/v1",
  kind: "PrometheusRule",
  metadata: { name: "credit-refresh" },
  spec: { groups: files.flatMap((name) => parse(readFileSync(join(folder, name), "utf8")).groups) },
};
writeFileSync(
  join(root, "k8s/components/prometheus-operator/rules.yaml"),
  "# Made of deploy/monitoring/rules by deploy/checks/prometheus-rules.mjs: change the rules there, and run it.\n"
    + stringify(rule, { lineWidth: 0 }),
);
