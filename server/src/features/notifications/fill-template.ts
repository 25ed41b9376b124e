import type { TemplateChannel, Template } from './template-shape'

import type { Facts } from './facts'

/** What stands where a fact is missing, so that no message is lost for the want of a word. Times and amounts are never made up. */
const MISSING: Readonly<Record<string, string>> = {
  thing: '请点开查看',
  text: '请点开查看',
  phrase: '请查看',
  code: '-',
  number: '0',
  phone: '-',
}

/** One value: the fact, what the template says otherwise, or a word of its type. */
function valueOf(template: Template, facts: Facts, from: string): string {
  if (from.startsWith('=')) return from.slice(1)
  const fact = facts[from]?.trim() ?? ''
  if (fact !== '') return fact
  const said = template.says.find((entry) => entry.from === from)
  return said?.otherwise ?? MISSING[said?.as ?? 'time'] ?? ''
}

/** The platform's fields with their values; the platform's folder cuts each to its type. */
export function fillFields(
  template: Template,
  fields: Readonly<Record<string, string>>,
  facts: Facts,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, from]) => [key, valueOf(template, facts, from)]),
  )
}

const VARIABLE = /\$\{(\w+)\}/g
/** Providers refuse a longer value of a variable. */
const VARIABLE_MOST = 35

export function variablesOf(text: string): string[] {
  return [...new Set([...text.matchAll(VARIABLE)].map(([, name]) => name ?? ''))]
}

/** The variables of a text message, each short enough for the provider. */
export function fillVariables(template: Template, text: string, facts: Facts): Record<string, string> {
  return Object.fromEntries(
    variablesOf(text).map((name) => [
      name,
      cut(valueOf(template, facts, name).replace(/\s+/g, ' '), VARIABLE_MOST),
    ]),
  )
}

/** The words with the values in them. */
export function fillText(text: string, values: Facts): string {
  return text.replace(VARIABLE, (_, name: string) => values[name] ?? '')
}

/** All values that the words of a channel need, uncut. */
export function fillWords(template: Template, channel: TemplateChannel, facts: Facts): string {
  const text = channel.text ?? ''
  return fillText(
    text,
    Object.fromEntries(variablesOf(text).map((name) => [name, valueOf(template, facts, name)])),
  )
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`
}
