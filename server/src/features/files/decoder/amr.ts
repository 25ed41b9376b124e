import { open, readFile } from 'node:fs/promises'
import { EncodedAudioPacketSource, EncodedPacket, FilePathTarget, Output, WavOutputFormat } from 'mediabunny'
import type { DecodeAnswer, DecodeTask } from './protocol'

const MAGIC = Buffer.from('#!AMR\n')
const FRAME_MS = 20
const RATE = 8000
/** Bytes behind the first one of a frame, by its type: eight rates, comfort noise, and nothing (RFC 4867 5.3). */
const SIZES: ReadonlyMap<number, number> = new Map([
  [0, 12],
  [1, 13],
  [2, 15],
  [3, 17],
  [4, 19],
  [5, 20],
  [6, 26],
  [7, 31],
  [8, 5],
  [15, 0],
])
/** Recorders stop a little late. */
const GRACE_MS = 500
const BROKEN = '这段录音打不开，请重新录一段。'

/** Whether a file begins as WeChat's own windows record voices; no browser plays those. */
export async function isAmr(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const head = Buffer.alloc(MAGIC.length)
    await file.read(head, 0, MAGIC.length, 0)
    return head.equals(MAGIC)
  } finally {
    await file.close()
  }
}

/** Turns narrow-band AMR into plain samples, which every browser plays. Frames are counted before anything is decoded. */
export async function decodeAmr(task: DecodeTask): Promise<DecodeAnswer> {
  const bytes = await readFile(task.input)
  const frames = countFrames(bytes)
  if (frames === null || frames === 0) return { state: 'refused', reason: BROKEN }
  const durationMs = frames * FRAME_MS
  if (durationMs > task.maxMs + GRACE_MS)
    return { state: 'refused', reason: `录音最长 ${Math.round(task.maxMs / 1000)} 秒，请录短一点。` }
  const samples = await decodeSamples(bytes)
  if (samples === null) return { state: 'refused', reason: BROKEN }
  await writeWav(task.main, samples)
  return { state: 'decoded', decoded: { contentType: 'audio/wav', width: null, height: null, durationMs } }
}

/** Null where anything is no frame, or the last one is cut. */
function countFrames(bytes: Buffer): number | null {
  let at = MAGIC.length
  let frames = 0
  while (at < bytes.length) {
    const size = SIZES.get(((bytes[at] ?? 0) >> 3) & 15)
    if (size === undefined) return null
    at += 1 + size
    frames++
  }
  return at === bytes.length ? frames : null
}

interface Codec {
  postMessage(answer: { readonly amr: Float32Array | null }): void
  onmessage?: (event: { readonly data: { readonly command: 'decode'; readonly buffer: Uint8Array } }) => void
}
let answered: Float32Array | null = null
const codec: Codec = {
  postMessage: ({ amr }) => {
    answered = amr
  },
}

/** The codec is published as the body of a browser's worker, so for the moments of its work we are one. */
async function decodeSamples(bytes: Buffer): Promise<Float32Array | null> {
  // A megabyte of program that most decoders never need.
  const { default: begin } = await import('benz-amr-recorder/src/amrnb')
  const world: { self?: unknown } & object = globalThis
  answered = null
  world.self = codec
  try {
    if (!codec.onmessage) begin()
    codec.onmessage?.({ data: { command: 'decode', buffer: new Uint8Array(bytes) } })
  } finally {
    delete world.self
  }
  return answered
}

async function writeWav(path: string, samples: Float32Array): Promise<void> {
  const output = new Output({ format: new WavOutputFormat(), target: new FilePathTarget(path) })
  const source = new EncodedAudioPacketSource('pcm-s16')
  output.addAudioTrack(source)
  await output.start()
  const whole = Int16Array.from(samples, (sample) => Math.max(-1, Math.min(1, sample)) * 32_767)
  const packet = new EncodedPacket(new Uint8Array(whole.buffer), 'key', 0, samples.length / RATE)
  await source.add(packet, {
    decoderConfig: { codec: 'pcm-s16', sampleRate: RATE, numberOfChannels: 1 },
  })
  source.close()
  await output.finalize()
}
