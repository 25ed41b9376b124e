const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const named = (month: number): string => months[month - 1] ?? String(month)

export const en = {
  today: (clock: string) => `today ${clock}`,
  yesterday: (clock: string) => `yesterday ${clock}`,
  tomorrow: (clock: string) => `tomorrow ${clock}`,
  day: (month: number, day: number) => `${named(month)} ${day}`,
  dayOfYear: (year: number, month: number, day: number) => `${named(month)} ${day}, ${year}`,
  at: (day: string, clock: string) => `${day}, ${clock}`,
  since: (from: string) => `from ${from}`,
  asOf: (when: string) => `as of ${when}`,
  overdue: (days: number) => (days === 1 ? '1 day overdue' : `${days} days overdue`),
  dueToday: 'due today',
  dueBy: (day: string) => `due ${day}`,
  month: (year: number, month: number) => `${named(month)} ${year}`,
  season: (years: string) => `season ${years}`,
  listed: (parts: readonly string[]) => parts.join(', '),
  clauses: (parts: readonly string[]) => parts.join(', '),
  sentence: (parts: readonly string[]) => `${parts.join('; ')}.`,
  titled: (title: string, text: string) => `${title}: ${text}`,
  aside: (text: string) => ` (${text})`,
  asked: (text: string) => `${text}?`,
}
