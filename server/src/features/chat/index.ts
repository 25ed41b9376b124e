import type { Feature } from '../../platforms/feature'
import { answerJob } from './answer-job'
import { cannedRoute } from './canned-routes'
import {
  cannedTable,
  chatMessageTable,
  chatReviewTable,
  conversationTable,
  outsideLaneTable,
  residentNoteTable,
  seatSpanTable,
  seatTable,
} from './entities'
import { expireChatsHourly } from './jobs'
import { mediaJob } from './media-job'
import { chatRawRoutes } from './raw-routes'
import { chatPump, chatWatch } from './route-chats'
import { chatRoutes } from './routes'
import { outsideOutPump } from './send-outside'
import { chatSocket } from './socket'
import { outsideInPump } from './take-outside'

export { chatFaults } from './chat-faults'
export { contextOf } from './read-context'
export { seedDemoCanned } from './seed-demo-canned'
export { wakeWatchers } from './wake'
export { chatPersonal } from './personal'

export const chatFeature: Feature = {
  name: 'chat',
  tables: [
    conversationTable,
    chatMessageTable,
    outsideLaneTable,
    seatTable,
    seatSpanTable,
    residentNoteTable,
    chatReviewTable,
    cannedTable,
  ],
  routes: chatRoutes,
  rawRoutes: [...chatRawRoutes, cannedRoute],
  sockets: [chatSocket],
  jobs: [answerJob, mediaJob],
  schedules: [chatWatch, expireChatsHourly],
  pumps: [chatPump, outsideInPump, outsideOutPump],
}
