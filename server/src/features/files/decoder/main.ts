import { writeFileSync } from 'node:fs'
import { decodeImage } from './images'
import type { DecodeAnswer, DecodeReply, DecodeRequest } from './protocol'
import { decodeRecording } from './recordings'

/** The decoder process: reads one file at a time, answers, and knows nothing of the portal. */

// When memory runs out the kernel ends somebody; it shall be us and not the portal.
try {
  writeFileSync('/proc/self/oom_score_adj', '1000')
} catch {
  // Other systems choose by themselves.
}

process.on('message', (request: DecodeRequest) => {
  void answer(request).then((reply) => process.send?.(reply))
})
process.on('disconnect', () => process.exit(0))

async function answer(request: DecodeRequest): Promise<DecodeReply> {
  return { serial: request.serial, answer: await decode(request) }
}

async function decode(request: DecodeRequest): Promise<DecodeAnswer> {
  return request.kind === 'image' ? decodeImage(request) : decodeRecording(request)
}
