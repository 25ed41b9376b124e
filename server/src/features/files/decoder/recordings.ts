import {
  ADTS,
  AdtsOutputFormat,
  type EncodedPacket,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  FilePathSource,
  FilePathTarget,
  Input,
  type InputAudioTrack,
  type InputVideoTrack,
  MP3,
  MP4,
  Mp3OutputFormat,
  Mp4OutputFormat,
  OGG,
  OggOutputFormat,
  Output,
  type OutputFormat,
  QTFF,
  WAVE,
  WavOutputFormat,
  WEBM,
  WebMOutputFormat,
} from 'mediabunny'
import { decodeAmr, isAmr } from './amr'
import type { DecodeAnswer, DecodeTask } from './protocol'

/** A minute of audio in the shortest frames there are; more is somebody's joke. */
const MOST_PACKETS = 40_000
const LARGEST_PACKET_BYTES = 8_388_608
/** Recorders stop a little late. */
const GRACE_MS = 500

class Refusal extends Error {}

/**
 * Takes the packets of a recording out of its container and puts them into a new one: names, places, cover pictures and
 * whatever lay between are left behind. The packets stay as they are, so nothing here can decode them; how long they
 * last is counted from themselves, not from what the file says about itself.
 */
export async function decodeRecording(task: DecodeTask): Promise<DecodeAnswer> {
  const voice = task.kind === 'voice'
  if (voice && (await isAmr(task.input))) return decodeAmr(task)
  const formats = voice ? [MP4, QTFF, MP3, ADTS, WAVE, OGG, WEBM] : [MP4, QTFF, WEBM]
  const input = new Input({ source: new FilePathSource(task.input), formats })
  try {
    return await remux(input, task, voice)
  } catch (error) {
    if (isOurs(error)) throw error
    const fallback = voice ? '这段录音打不开，请重新录一段。' : '这段视频打不开，请重新拍一段。'
    return { state: 'refused', reason: error instanceof Refusal ? error.message : fallback }
  } finally {
    input.dispose()
  }
}

async function remux(input: Input, task: DecodeTask, voice: boolean): Promise<DecodeAnswer> {
  const tracks = await input.getTracks()
  const video = await input.getPrimaryVideoTrack()
  const audio = await input.getPrimaryAudioTrack()
  if (tracks.length > 4) throw new Refusal('这个文件里的内容太多了，请重新录一段。')
  if (voice && (video || !audio)) throw new Refusal('这不是录音，请按住话筒重新录一段。')
  if (!voice && !video) throw new Refusal('这不是视频，请重新拍一段。')
  const durationMs = Math.max(video ? await measure(video) : 0, audio ? await measure(audio) : 0)
  if (durationMs > task.maxMs + GRACE_MS) {
    const seconds = Math.round(task.maxMs / 1000)
    throw new Refusal(voice ? `录音最长 ${seconds} 秒，请录短一点。` : `视频最长 ${seconds} 秒，请拍短一点。`)
  }
  const { format, contentType } = containerFor(await input.getMimeType(), video !== null)
  const output = new Output({ format, target: new FilePathTarget(task.main) })
  const copies: (() => Promise<void>)[] = []
  if (video) copies.push(await copyVideo(output, video))
  if (audio) copies.push(await copyAudio(output, audio))
  await output.start()
  await Promise.all(copies.map((copy) => copy()))
  await output.finalize()
  return {
    state: 'decoded',
    decoded: {
      contentType,
      width: video?.displayWidth ?? null,
      height: video?.displayHeight ?? null,
      durationMs: Math.round(durationMs),
    },
  }
}

/** The same family of container that it came in, because what packets may lie in which is a matter of its own. */
function containerFor(mimeType: string, video: boolean): { format: OutputFormat; contentType: string } {
  const type = mimeType.split(';', 1)[0]?.trim() ?? ''
  if (type === 'audio/mpeg')
    return { format: new Mp3OutputFormat({ xingHeader: false }), contentType: 'audio/mpeg' }
  if (type === 'audio/aac') return { format: new AdtsOutputFormat(), contentType: 'audio/aac' }
  if (type === 'audio/wav') return { format: new WavOutputFormat(), contentType: 'audio/wav' }
  if (type === 'audio/ogg' || type === 'application/ogg')
    return { format: new OggOutputFormat(), contentType: 'audio/ogg' }
  if (type === 'video/webm' || type === 'audio/webm')
    return { format: new WebMOutputFormat(), contentType: video ? 'video/webm' : 'audio/webm' }
  return {
    format: new Mp4OutputFormat({ fastStart: 'in-memory' }),
    contentType: video ? 'video/mp4' : 'audio/mp4',
  }
}

/** How long a track lasts by its packets. */
async function measure(track: InputVideoTrack | InputAudioTrack): Promise<number> {
  let packets = 0
  let first = Number.POSITIVE_INFINITY
  let last = 0
  for await (const packet of new EncodedPacketSink(track).packets(undefined, undefined, {
    metadataOnly: true,
  })) {
    packets++
    if (packets > MOST_PACKETS || packet.byteLength > LARGEST_PACKET_BYTES)
      throw new Refusal('这个文件里的内容太多了，请重新录一段。')
    first = Math.min(first, packet.timestamp)
    last = Math.max(last, packet.timestamp + packet.duration)
  }
  if (packets === 0 || !Number.isFinite(last)) throw new Refusal('这个文件是空的，请重新录一段。')
  return (last - Math.min(first, last)) * 1000
}

async function copyVideo(output: Output, track: InputVideoTrack): Promise<() => Promise<void>> {
  const { codec } = track
  const decoderConfig = await track.getDecoderConfig()
  if (codec === null || decoderConfig === null)
    throw new Refusal('这种视频放不出来，请用手机相机重新拍一段。')
  const source = new EncodedVideoPacketSource(codec)
  output.addVideoTrack(source, { rotation: track.rotation })
  return () => copy(track, source, (packet) => source.add(packet, { decoderConfig }))
}

async function copyAudio(output: Output, track: InputAudioTrack): Promise<() => Promise<void>> {
  const { codec } = track
  const decoderConfig = await track.getDecoderConfig()
  if (codec === null || decoderConfig === null) throw new Refusal('这种录音放不出来，请重新录一段。')
  const source = new EncodedAudioPacketSource(codec)
  output.addAudioTrack(source)
  return () => copy(track, source, (packet) => source.add(packet, { decoderConfig }))
}

async function copy(
  track: InputVideoTrack | InputAudioTrack,
  source: { close(): void },
  add: (packet: EncodedPacket) => Promise<void>,
): Promise<void> {
  for await (const packet of new EncodedPacketSink(track).packets()) await add(packet.clone({ sideData: {} }))
  source.close()
}

/** A disk without room is no fault of the recording's. */
function isOurs(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOSPC'
}
