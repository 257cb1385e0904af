// Validates Kubernetes objects by the models of Kubernetes and of the operators: twice, because neither way sees all.
// As TypeScript literals of the models' types they can have no unknown field, no wrong type and lack nothing that is
// required; the models' own validators know patterns, formats, ranges and whole numbers besides.
// Reads a JSON array of objects from standard input, and writes a JSON array of {index, path, problem}.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const here = dirname(fileURLToPath(import.meta.url));

const OPERATORS = {
  "external-secrets.io": "external-secrets",
  "kafka.strimzi.io": "strimzi-kafka-operator",
  "keda.sh": "keda",
  "monitoring.coreos.com": "prometheus-operator",
  "postgresql.cnpg.io": "cloudnative-pg",
};

const objects = JSON.parse(readFileSync(0, "utf8"));
const findings = [];

function model(object, index) {
  const { apiVersion, kind } = object;
  if (typeof apiVersion !== "string" || typeof kind !== "string") {
    findings.push({ index, path: "", problem: "apiVersion and kind are required" });
    return undefined;
  }
  const operator = OPERATORS[apiVersion.split("/")[0]];
  const module = (operator ? `@kubernetes-models/${operator}` : "kubernetes-models") + `/${apiVersion}/${kind}`;
  if (!existsSync(join(here, "node_modules", `${module}.d.ts`))) {
    findings.push({ index, path: "", problem: `there is no model of ${apiVersion} ${kind}` });
    return undefined;
  }
  return { module, kind };
}

async function byValidators(entries) {
  for (const { object, index, module, kind } of entries) {
    const known = await import(module);
    try {
      new known[kind](object).validate();
    } catch (error) {
      for (const one of error.errors ?? [{ instancePath: "", message: error.message }]) {
        findings.push({ index, path: one.instancePath ?? "", problem: one.message ?? String(error) });
      }
    }
  }
}

function byTypes(entries) {
  const name = join(here, "objects.ts");
  const text = entries
    .map(({ object, index, module, kind }) => [
      `import { I${kind} as T${index} } from "${module}";`,
      `export const o${index}: T${index} = ${JSON.stringify(object)};\n`,
    ].join("\n"))
    .join("");
  const options = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => file === name || fileExists.call(host, file);
  host.getSourceFile = (file, ...rest) =>
    file === name
      ? ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true)
      : getSourceFile.call(host, file, ...rest);
  const program = ts.createProgram([name], options, host);
  const source = program.getSourceFile(name);
  for (const diagnostic of [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]) {
    const { index, path } = place(source, diagnostic.start);
    findings.push({ index, path, problem: ts.flattenDiagnosticMessageText(diagnostic.messageText, " ") });
  }
  refuseTypesThatAreMissing(program);
}

// A type whose file is not found would let everything pass.
function refuseTypesThatAreMissing(program) {
  for (const file of program.getSourceFiles()) {
    for (const diagnostic of program.getSemanticDiagnostics(file)) {
      if (diagnostic.code === 2307 || diagnostic.code === 2792) {
        throw new Error(`${file.fileName}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, " ")}`);
      }
    }
  }
}

function place(source, position) {
  let index = -1;
  const path = [];
  const descend = (node) => {
    if (ts.isVariableDeclaration(node)) {
      index = Number(node.name.text.slice(1));
    } else if (ts.isPropertyAssignment(node)) {
      path.push(node.name.text);
    } else if (node.parent && ts.isArrayLiteralExpression(node.parent)) {
      path.push(node.parent.elements.indexOf(node));
    }
    ts.forEachChild(node, (child) => {
      if (child.getStart(source) <= position && position < child.getEnd()) {
        descend(child);
      }
    });
  };
  descend(source);
  return { index, path: path.map((part) => `/${part}`).join("") };
}

const entries = objects
  .map((object, index) => ({ object, index, ...model(object, index) }))
  .filter((entry) => entry.module);
await byValidators(entries);
byTypes(entries);
findings.sort((a, b) => a.index - b.index);
process.stdout.write(JSON.stringify(findings));
