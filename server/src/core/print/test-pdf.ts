import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCanvas, type Image, loadImage } from '@napi-rs/canvas'
import jsQR from 'jsqr'
import type { Box } from './draw'

/** Reading printed files in tests the way a telephone does: from the picture. */

export interface ReadPage {
  readonly text: string
  readonly image: Image
  readonly pixelsPerMm: number
  /** Width and height in points. */
  readonly size: readonly [number, number]
}

export interface ReadPdf {
  readonly count: number
  readonly title: string
  readonly pages: readonly ReadPage[]
}

/** A folder for the files of one test file. */
export function printFolder(): { readonly path: string; drop(): void } {
  const path = mkdtempSync(join(tmpdir(), 'yihu-print-'))
  return { path, drop: () => rmSync(path, { recursive: true, force: true }) }
}

/** Renders pages of a PDF with pdf.js, in a process of its own. */
export async function readPdf(
  file: string,
  folder: string,
  how: { readonly dotsPerInch: number; readonly pages: readonly number[] },
): Promise<ReadPdf> {
  const script = join(__dirname, 'test-read-pdf.mjs')
  const args = [script, file, folder, String(how.dotsPerInch), how.pages.join(',')]
  const told = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as {
    count: number
    title: string
    pages: { picture: string; text: string; size: [number, number] }[]
  }
  const pages = await Promise.all(
    told.pages.map(async ({ picture, ...page }) => ({
      ...page,
      image: await loadImage(readFileSync(picture)),
      pixelsPerMm: how.dotsPerInch / 25.4,
    })),
  )
  return { ...told, pages }
}

/** What a telephone would read in this part of the page, held askew and in bad light; null when it reads nothing. */
export function scan(
  page: ReadPage,
  box: Box,
  how: { readonly degrees?: number; readonly noise?: number; readonly near?: number } = {},
): string | null {
  const { pixelsPerMm } = page
  // A camera that is held nearer sees the same dots larger.
  const near = how.near ?? 1
  const margin = 4 * pixelsPerMm * near
  const [width, height] = [box.width, box.height].map((mm) => mm * pixelsPerMm * near + 2 * margin) as [
    number,
    number,
  ]
  const canvas = createCanvas(Math.round(width), Math.round(height))
  const pen = canvas.getContext('2d')
  pen.fillStyle = '#d8d4cc'
  pen.fillRect(0, 0, width, height)
  pen.translate(width / 2, height / 2)
  pen.rotate(((how.degrees ?? 0) * Math.PI) / 180)
  const part = [box.x, box.y, box.width, box.height].map((mm) => mm * pixelsPerMm)
  const [x = 0, y = 0, wide = 0, high = 0] = part
  pen.scale(near, near)
  pen.drawImage(page.image, x, y, wide, high, -wide / 2, -high / 2, wide, high)
  const { data } = pen.getImageData(0, 0, canvas.width, canvas.height)
  addNoise(data, how.noise ?? 0)
  return jsQR(new Uint8ClampedArray(data), canvas.width, canvas.height, DARK_ON_LIGHT)?.data ?? null
}

const DARK_ON_LIGHT = { inversionAttempts: 'dontInvert' } as const

/** The same noise each time, or a test would fail once a year. */
function addNoise(data: { length: number; [at: number]: number }, most: number): void {
  let seed = 20_261_122
  for (let at = 0; most > 0 && at < data.length; at += 4) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    const change = (seed / 2_147_483_648 - 0.5) * 2 * most
    for (let part = 0; part < 3; part++)
      data[at + part] = Math.max(0, Math.min(255, (data[at + part] ?? 0) + change))
  }
}

/** How dark the darkest of the few dots around a place is; 255 is white. */
export function darkness(page: ReadPage, xMm: number, yMm: number): number {
  const canvas = createCanvas(5, 5)
  const pen = canvas.getContext('2d')
  const { pixelsPerMm } = page
  pen.drawImage(
    page.image,
    Math.round(xMm * pixelsPerMm) - 2,
    Math.round(yMm * pixelsPerMm) - 2,
    5,
    5,
    0,
    0,
    5,
    5,
  )
  const { data } = pen.getImageData(0, 0, 5, 5)
  let darkest = 255
  for (let at = 0; at < data.length; at += 4) darkest = Math.min(darkest, data[at] ?? 255)
  return darkest
}
