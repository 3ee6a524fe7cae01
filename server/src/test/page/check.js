// All that these checks need of a test library.

export const checks = [];

export function should(name, body) {
  checks.push({ name: `should ${name}`, body });
}

/** Compares what the values look like as JSON. */
export function equal(actual, expected) {
  const [seen, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (seen !== wanted) throw new Error(`expected ${wanted}\n  but was  ${seen}`);
}
