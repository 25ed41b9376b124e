import { type chat, chatRulesOf } from '../../core/config/chat'
import type { z } from 'zod'

/** Everything in the chat's configuration that only shows when it is used; a portal with any does not start. */
export function chatFaults(
  config: {
    readonly chat: z.infer<typeof chat>
    readonly companies: readonly { readonly id: string }[]
  },
  calendars: ReadonlySet<string>,
): string[] {
  const known = new Set(config.companies.map(({ id }) => id))
  const strangers = Object.keys(config.chat.companies).filter((id) => !known.has(id))
  return [
    ...strangers.map((id) => `chat.companies.${id}: there is no company of that name`),
    ...[...known].flatMap((id) => {
      const { calendar, idleWarnMinutes, idleCloseMinutes } = chatRulesOf({ config }, id)
      return [
        ...(calendars.has(calendar)
          ? []
          : [`chat: ${id}: there is no calendar ${calendar} in config/calendars`]),
        ...(idleWarnMinutes < idleCloseMinutes
          ? []
          : [`chat: ${id}: idleWarnMinutes must be less than idleCloseMinutes`]),
      ]
    }),
  ]
}
