const variable = /\{\{([^{}]*)\}\}/g

/** A template with its variables filled in; one that has no value stays as it is, so that it is seen. */
export const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(variable, (whole, name: string) => values[name.trim()] ?? whole)

/** The first variable that the server does not know; null when all are known. */
export function unknownVariable(text: string, known: readonly string[]): string | null {
  for (const [, name = ''] of text.matchAll(variable)) if (!known.includes(name.trim())) return name.trim()
  return null
}
