import sharp from 'sharp'
import type { DecodeAnswer, DecodeTask } from './protocol'
import { type Looks, sniff } from './sniff'

// Everything that libvips could read is off, and the few formats that cameras make are on again. HEIC only where this
// build has its decoder, which the usual one has not.
const HAS_HEIC = sharp.format.heif.input.fileSuffix?.includes('.heic') ?? false
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadWebp',
    ...(HAS_HEIC ? ['VipsForeignLoadHeif'] : []),
  ],
})
sharp.cache(false)
sharp.concurrency(1)

const MOST_PIXELS = 24_000_000
const LONGEST_SIDE = 2048
const THUMB_SIDE = 320

const NOT_A_PHOTO: Readonly<Partial<Record<Looks, string>>> = {
  heic: '手机里的这张照片是 HEIC 格式，传不了：请在“设置-相机-格式”里选“兼容性最佳”，或截屏后传截图。',
  gif: '动图传不了，请换一张照片。',
  tiff: '这种图片格式传不了，请换成手机拍的照片或截图。',
  bmp: '这种图片格式传不了，请换成手机拍的照片或截图。',
  pdf: '这是文档，不是照片，请把内容拍照后再传。',
  zip: '这是压缩包或文档，不是照片，请换一张照片。',
  markup: '这不是照片，请换成手机拍的照片或截图。',
  mp4: '这是视频，请用“视频”上传。',
  unknown: '这不是照片，请换成手机拍的照片或截图。',
}

/**
 * Decodes a picture and encodes it anew, which is what makes it safe: whatever else was in the file — places, comments,
 * a page of HTML behind the last pixel — is not in the new one. Never throws for what a file may hold.
 */
export async function decodeImage(task: DecodeTask): Promise<DecodeAnswer> {
  const looks = await sniff(task.input)
  const refusal = looks === 'heic' && HAS_HEIC ? undefined : NOT_A_PHOTO[looks]
  if (refusal !== undefined) return { state: 'refused', reason: refusal }
  try {
    const { width, height } = await encode(task.input, task.main, LONGEST_SIDE)
    await encode(task.main, task.thumb, THUMB_SIDE)
    return { state: 'decoded', decoded: { contentType: 'image/jpeg', width, height, durationMs: null } }
  } catch (error) {
    if (isOurs(error)) throw error
    return { state: 'refused', reason: wordsFor(error) }
  }
}

async function encode(from: string, to: string, side: number): Promise<{ width: number; height: number }> {
  return sharp(from, {
    limitInputPixels: MOST_PIXELS,
    limitInputChannels: 5,
    failOn: 'truncated',
    pages: 1,
    autoOrient: true,
    sequentialRead: true,
  })
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .jpeg({ quality: 82, mozjpeg: false })
    .toFile(to)
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** A disk without room is no fault of the picture's. */
function isOurs(error: unknown): boolean {
  return /no space left|ENOSPC|unable to write/i.test(textOf(error))
}

function wordsFor(error: unknown): string {
  const text = textOf(error)
  if (/pixel limit/i.test(text)) return '这张照片太大了，请缩小或截屏后再传。'
  if (/premature end|truncated|end of (file|input)|read error/i.test(text))
    return '这张照片没有传完整，请重新选择。'
  return '这张照片打不开，请换一张。'
}
