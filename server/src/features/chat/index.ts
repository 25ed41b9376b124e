import type { Feature } from '../../platforms/feature'
import { answerJob } from './answer-job'
import { cannedRoute } from './canned-route'
import {
  cannedTable,
  chatMessageTable,
  chatReviewTable,
  conversationTable,
  residentNoteTable,
  seatSpanTable,
  seatTable,
} from './entities'
import { expireChatsHourly } from './jobs'
import { chatRawRoutes } from './raw-routes'
import { chatPump, chatWatch } from './route-chats'
import { chatRoutes } from './routes'
import { chatSocket } from './socket'

export { contextOf } from './read-context'
export { wakeWatchers } from './wake'

export const chatFeature: Feature = {
  name: 'chat',
  tables: [
    conversationTable,
    chatMessageTable,
    seatTable,
    seatSpanTable,
    residentNoteTable,
    chatReviewTable,
    cannedTable,
  ],
  routes: chatRoutes,
  rawRoutes: [...chatRawRoutes, cannedRoute],
  sockets: [chatSocket],
  jobs: [answerJob],
  schedules: [chatWatch, expireChatsHourly],
  pumps: [chatPump],
}
