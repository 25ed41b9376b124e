import type { SubscribePlatform } from './types'

// A browser has no such permission; our own inbox always gets the message.
export const subscribe: SubscribePlatform = { ask: async () => null }
