import { readHeld, write } from '../api/client'
import { ApiError } from '../api/errors'
import { socket } from '../platform/socket'
import type { LineDoor } from './line'
import type { FrameOut } from './types'

/** Nobody is signed in, or not any more. */
const over = ['unauthenticated', 'sign_in_needed', 'forbidden']

export const later = (work: () => void, ms: number): (() => void) => {
  const timer = setTimeout(work, ms)
  return () => clearTimeout(timer)
}

/** The real server and the real phone. */
export const phoneDoor: LineDoor = {
  ticket: () => write('chat.ticket', {}),
  connect: socket.open,
  poll: async (pollUrl, { watch, waitSeconds }) => {
    const answer = await readHeld<{ frames: FrameOut[] }>(pollUrl, { watch, wait: waitSeconds })
    return answer.frames
  },
  isOver: (error) => error instanceof ApiError && over.includes(error.code),
  later,
  random: Math.random,
}
