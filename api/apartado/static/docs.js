// The interactive documentation: what /openapi.json says, and a way to try it. The token stays in this page's memory.

const WORDS = {
  en: {
    token: "Token", find: "Find", language: "Language", parameters: "Takes", none: "nothing", answer: "Gives",
    errors: "Refuses with", send: "Send", required: "required", default: "Default", example: "Example", request: "Request body", failed: "The service could not be reached.",
  },
  es: {
    token: "Token", find: "Buscar", language: "Idioma", parameters: "Recibe", none: "nada", answer: "Da",
    errors: "Rechaza con", send: "Enviar", required: "obligatorio", default: "Si falta", example: "Ejemplo", request: "Cuerpo de la petición", failed: "No se pudo llegar al servicio.",
  },
};

const byId = (id) => document.getElementById(id);
let words = WORDS.en;
let description;

function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

function resolved(part) {
  if (!part?.$ref) return part ?? {};
  return part.$ref.slice(2).split("/").reduce((found, name) => found[name], description);
}

function kind(schema) {
  const found = resolved(schema);
  if (found.enum) return found.enum.join(" | ");
  if (found.anyOf) return [...new Set(found.anyOf.map(kind))].join(" | ");
  if (found.type === "array") return `[${kind(found.items)}]`;
  return [found.type ?? "any", found.format].filter(Boolean).join(" ");
}

function propertiesOf(schema) {
  const required = schema.required ?? [];
  return Object.entries(schema.properties ?? {}).map(([name, field]) => ({ name, schema: field, required: required.includes(name) }));
}

// A field, and behind it what its object or list is made of: lines, lines[].item …
function withParts(field) {
  const parts = (schema, above) => {
    const found = resolved(schema);
    if (found.anyOf) return found.anyOf.flatMap((one) => parts(one, above));
    if (found.type === "array") return parts(found.items, `${above}[]`);
    return propertiesOf(found).flatMap((part) => withParts({ ...part, name: `${above}.${part.name}`, required: field.required === undefined ? undefined : part.required }));
  };
  return [field, ...parts(field.schema, field.name)];
}

function wordsOf({ schema, description: said }) {
  const text = said ?? schema.description ?? resolved(schema).description ?? "";
  return "default" in schema ? `${text} ${words.default}: ${JSON.stringify(schema.default)}.` : text;
}

function fieldsOf(operation) {
  if (operation.requestBody) {
    return propertiesOf(resolved(Object.values(operation.requestBody.content)[0].schema));
  }
  return (operation.parameters ?? []).filter((one) => one.in === "query");
}

function tableOf(fields) {
  if (fields.length === 0) return h("p", {}, words.none);
  return h("table", {}, h("tbody", {}, ...fields.flatMap(withParts).map((field) => h("tr", {},
    h("th", { scope: "row" }, h("code", {}, field.name)),
    h("td", {}, kind(field.schema), field.required ? ` · ${words.required}` : ""),
    h("td", {}, wordsOf(field))))));
}

function answerOf(operation) {
  const content = Object.values(operation.responses[200]?.content ?? {})[0];
  const schema = resolved(content?.schema);
  const fields = propertiesOf(schema.type === "array" ? resolved(schema.items) : schema)
    .map((field) => ({ ...field, required: undefined }));
  const example = content?.example;
  const shown = typeof example === "string" ? example : JSON.stringify(example, null, 2);
  return [
    fields.length > 0 || example === undefined ? tableOf(fields) : null,
    example === undefined ? null : h("h3", {}, words.example),
    example === undefined ? null : h("pre", { tabindex: "0" }, shown),
  ].filter((part) => part !== null);
}

function errorsOf(operation) {
  const rows = Object.entries(operation.responses).filter(([status]) => status >= 400)
    .map(([status, response]) => h("tr", {}, h("th", { scope: "row" }, status), h("td", {}, resolved(response).description)));
  return h("table", {}, h("tbody", {}, ...rows));
}

function requestOf(path, method, fields, input) {
  const headers = { "Accept-Language": byId("language").value };
  if (byId("token").value) headers.Authorization = `Bearer ${byId("token").value}`;
  if (method === "post") {
    headers["Content-Type"] = "application/json";
    return [path, { method: "POST", headers, body: input.value, credentials: "omit" }];
  }
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(JSON.parse(input.value || "{}"))) {
    for (const one of [value].flat()) query.append(name, one);
  }
  return [query.size ? `${path}?${query}` : path, { headers, credentials: "omit" }];
}

function trialOf(path, method, operation) {
  const fields = fieldsOf(operation);
  const wanted = Object.fromEntries(fields.filter((field) => field.required).map((field) => [field.name, null]));
  const id = `body-${operation.operationId}`;
  const input = h("textarea", { id, spellcheck: "false" });
  input.value = JSON.stringify(wanted, null, 1);
  const output = h("pre", { role: "status", tabindex: "0" });
  const send = async () => {
    try {
      const response = await fetch(...requestOf(path, method, fields, input));
      const text = await response.text();
      let shown = text;
      try {
        shown = JSON.stringify(JSON.parse(text), null, 2);
      } catch { /* not JSON: as it is */ }
      output.textContent = `${response.status}\n${shown}`;
    } catch (error) {
      output.textContent = error instanceof SyntaxError ? error.message : words.failed;
    }
  };
  return h("div", {}, h("label", { for: id }, words.request), input, h("button", { type: "button", onclick: send }, words.send), output);
}

function shown(path, method, operation) {
  const details = h("details", { id: operation.operationId },
    h("summary", {}, h("span", { class: "method" }, method.toUpperCase()), " ", h("code", {}, path), " ", operation.summary ?? ""));
  details.addEventListener("toggle", () => {
    if (details.childElementCount > 1) return;
    details.append(h("p", {}, operation.description ?? ""),
      h("h3", {}, words.parameters), tableOf(fieldsOf(operation)),
      h("h3", {}, words.answer), ...answerOf(operation),
      h("h3", {}, words.errors), errorsOf(operation));
    if (path !== "/events") details.append(trialOf(path, method, operation));
  });
  return details;
}

function render() {
  const language = byId("language").value;
  words = WORDS[language];
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = words[element.dataset.t];
  const wanted = byId("find").value.trim().toLowerCase();
  const subjects = new Map();
  for (const [path, methods] of Object.entries(description.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (!`${path} ${operation.summary}`.toLowerCase().includes(wanted)) continue;
      const subject = operation.tags?.[0] ?? "";
      subjects.set(subject, [...(subjects.get(subject) ?? []), shown(path, method, operation)]);
    }
  }
  byId("operations").replaceChildren(...[...subjects].map(([subject, found]) => h("section", {}, h("h2", {}, subject), ...found)));
}

const response = await fetch("/openapi.json", { credentials: "omit" });
description = await response.json();
byId("language").value = navigator.language.startsWith("es") ? "es" : "en";
byId("language").addEventListener("change", render);
byId("find").addEventListener("input", render);
render();
