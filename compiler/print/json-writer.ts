/** A JSON value whose objects keep their order, and a key that is written twice. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonPairs;

export class JsonPairs {
  readonly pairs: readonly (readonly [key: string, value: JsonValue])[];

  constructor(pairs: readonly (readonly [key: string, value: JsonValue])[]) {
    this.pairs = pairs;
  }
}

export function jsonObject(entries: Readonly<Record<string, JsonValue>>): JsonPairs {
  return new JsonPairs(Object.entries(entries));
}

/** One entry a line, indented by one space. */
export function writeJson(value: JsonValue): string {
  return `${write(value, '\n')}\n`;
}

function write(value: JsonValue, margin: string): string {
  if (typeof value !== 'object' || value === null) {
    return Object.is(value, -0) ? '-0' : JSON.stringify(value);
  }
  const inner = `${margin} `;
  if (value instanceof JsonPairs) {
    const entries = value.pairs.map(([key, one]) => `${inner}${JSON.stringify(key)}: ${write(one, inner)}`);
    return entries.length === 0 ? '{}' : `{${entries.join(',')}${margin}}`;
  }
  const items = value.map((item) => inner + write(item, inner));
  return items.length === 0 ? '[]' : `[${items.join(',')}${margin}]`;
}
