import {
  AdtsOutputFormat,
  type AudioCodec,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  MovOutputFormat,
  Mp4OutputFormat,
  OggOutputFormat,
  Output,
  type OutputFormat,
  WebMOutputFormat,
} from 'mediabunny'
import beginAmr from 'benz-amr-recorder/src/amrnb'
import { CANARY } from './test-corpus'

/** Recordings made here, with names and places in them as phones write them. Their packets hold no picture or sound. */

const FRAMES_PER_SECOND = 10
/** What an H.264 decoder is told first: baseline, with the shortest parameter sets that parse. */
const AVC_DESCRIPTION = Uint8Array.from([
  1, 0x42, 0xc0, 0x1e, 0xff, 0xe1, 0, 9, 0x67, 0x42, 0xc0, 0x1e, 0xda, 0x02, 0x80, 0xf6, 0x80, 1, 0, 4, 0x68,
  0xce, 0x38, 0x80,
])

export async function shortVideo(options: { seconds: number; container?: 'mp4' | 'mov' }): Promise<Buffer> {
  const target = new BufferTarget()
  const format = options.container === 'mov' ? new MovOutputFormat() : new Mp4OutputFormat()
  const output = new Output({ format, target })
  const video = new EncodedVideoPacketSource('avc')
  output.addVideoTrack(video, { rotation: 90 })
  output.setMetadataTags({ title: CANARY, comment: `<script>${CANARY}</script>` })
  await output.start()
  const decoderConfig = {
    codec: 'avc1.42c01e',
    codedWidth: 640,
    codedHeight: 480,
    description: AVC_DESCRIPTION,
  }
  for (let frame = 0; frame < options.seconds * FRAMES_PER_SECOND; frame++) {
    const data = Uint8Array.from([0, 0, 0, 5, frame === 0 ? 0x65 : 0x41, 1, 2, 3, frame % 256])
    const type = frame === 0 ? 'key' : 'delta'
    const packet = new EncodedPacket(data, type, frame / FRAMES_PER_SECOND, 1 / FRAMES_PER_SECOND)
    await video.add(packet, { decoderConfig })
  }
  await output.finalize()
  return bytesOf(target)
}

const AAC = {
  codec: 'mp4a.40.2',
  sampleRate: 16_000,
  numberOfChannels: 1,
  description: Uint8Array.from([0x14, 0x08]),
}
const OPUS = {
  codec: 'opus',
  sampleRate: 48_000,
  numberOfChannels: 1,
  description: Buffer.from('OpusHead\x01\x01\x38\x01\x80\xbb\0\0\0\0\0', 'latin1'),
}

/** As the recorders of both wallets and of Safari write it. */
export const aacInMp4 = (options: { seconds: number }): Promise<Buffer> =>
  recording(new Mp4OutputFormat(), 'aac', { ...options, step: 1024 / 16_000, decoderConfig: AAC })

export const aacInAdts = (options: { seconds: number }): Promise<Buffer> =>
  recording(new AdtsOutputFormat(), 'aac', { ...options, step: 1024 / 16_000, decoderConfig: AAC })

/** As the recorders of other browsers write it. */
export const opusInWebm = (options: { seconds: number }): Promise<Buffer> =>
  recording(new WebMOutputFormat(), 'opus', { ...options, step: 0.02, decoderConfig: OPUS })

export const opusInOgg = (options: { seconds: number }): Promise<Buffer> =>
  recording(new OggOutputFormat(), 'opus', { ...options, step: 0.02, decoderConfig: OPUS })

async function recording(
  format: OutputFormat,
  codec: AudioCodec,
  options: { seconds: number; step: number; decoderConfig: AudioDecoderConfig },
): Promise<Buffer> {
  const { seconds, step, decoderConfig } = options
  const target = new BufferTarget()
  const output = new Output({ format, target })
  const audio = new EncodedAudioPacketSource(codec)
  output.addAudioTrack(audio)
  output.setMetadataTags({ artist: CANARY })
  await output.start()
  for (let at = 0; at < seconds; at += step)
    await audio.add(new EncodedPacket(Uint8Array.from([0x78, 64, 34, 128, 35]), 'key', at, step), {
      decoderConfig,
    })
  await output.finalize()
  return bytesOf(target)
}

/** Silent frames of MPEG-1 layer III, 128 kbit/s at 44.1 kHz, behind a tag as recorders write it. */
export function mp3(options: { seconds: number }): Buffer {
  const frame = Buffer.alloc(417)
  frame.set([0xff, 0xfb, 0x90, 0xc4])
  const frames = Math.ceil((options.seconds * 44_100) / 1152)
  const text = Buffer.from(`\0${CANARY}`, 'latin1')
  const tag = Buffer.alloc(10 + 10 + text.length)
  tag.write('ID3\x03\0\0', 'latin1')
  tag[9] = 10 + text.length
  tag.write('TIT2', 10, 'latin1')
  tag[17] = text.length
  text.copy(tag, 20)
  return Buffer.concat([tag, ...Array.from({ length: frames }, () => frame)])
}

/** Plain samples, 8 kHz, one channel; `told` is what the header says of their number of bytes. */
export function wav(options: { seconds: number; told?: number }): Buffer {
  const samples = Buffer.alloc(options.seconds * 16_000)
  const header = Buffer.alloc(44)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(36 + samples.length, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(8000, 24)
  header.writeUInt32LE(16_000, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(options.told ?? samples.length, 40)
  return Buffer.concat([header, samples])
}

/** A tone of 440 Hz as WeChat's windows record voices: narrow-band AMR, 12.2 kbit/s. */
export function amr(options: { seconds: number }): Buffer {
  const samples = Float32Array.from(
    { length: options.seconds * 8000 },
    (_, at) => Math.sin((at / 8000) * 440 * 2 * Math.PI) * 0.5,
  )
  const world: { self?: unknown } & object = globalThis
  let encoded: Uint8Array | null = null
  const worker: AmrWorker = {
    postMessage: (answer) => {
      encoded = answer.amr
    },
  }
  world.self = worker
  try {
    beginAmr()
    worker.onmessage?.({ data: { command: 'encode', samples, sampleRate: 8000 } })
  } finally {
    delete world.self
  }
  return Buffer.from(encoded ?? [])
}

interface AmrWorker {
  postMessage(answer: { readonly amr: Uint8Array | null }): void
  onmessage?: (event: { readonly data: object }) => void
}

function bytesOf(target: BufferTarget): Buffer {
  if (!target.buffer) throw new Error('The recording has no bytes.')
  return Buffer.from(target.buffer)
}
