import { defineSchedule } from '../../platforms/feature'
import { expireChats } from './expire-chats'

export const expireChatsHourly = defineSchedule({
  name: 'chat.expire',
  everyMs: 3_600_000,
  run: async (ctx, stopping) => {
    await expireChats(ctx, stopping)
  },
})
