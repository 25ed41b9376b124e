import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { faultOfBrandColour } from '../colour'
import { projectRoot } from './load'

const MOST_BYTES = 100 * 1024
const [SIDE_LEAST, SIDE_MOST] = [96, 1024]
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const END = Buffer.from('IEND')

/** A logo, read once: the picture of a start stays that of the process. */
interface Logo {
  readonly png: Buffer
  /** Under which name it is served; another picture has another name, so it may be kept for ever. */
  readonly name: string
}

/** Why these bytes cannot be a logo, or null. Papers take PNG alone, and all three clients can show it. */
function faultOfPng(bytes: Buffer): string | null {
  if (bytes.length < 57 || !bytes.subarray(0, 8).equals(SIGNATURE)) return 'is not a PNG'
  if (!bytes.subarray(-8, -4).equals(END)) return 'is cut off: the end of the PNG is missing'
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  if (width !== height || width < SIDE_LEAST || width > SIDE_MOST)
    return `is ${width} × ${height} pixels; a logo is square, ${SIDE_LEAST} to ${SIDE_MOST} pixels wide`
  if (bytes[24] !== 8 || bytes[28] !== 0) return 'must have 8 bits a channel and no interlacing'
  return null
}

function readFile(path: string): Logo | string {
  const file = resolve(projectRoot(), path)
  if (!existsSync(file) || !statSync(file).isFile()) return `${file} does not exist`
  const { size } = statSync(file)
  if (size > MOST_BYTES) return `${path} has ${size} bytes; a logo has at most ${MOST_BYTES}`
  const png = readFileSync(file)
  const fault = faultOfPng(png)
  if (fault !== null) return `${path} ${fault}`
  return { png, name: `${createHash('sha256').update(png).digest('hex').slice(0, 16)}.png` }
}

const known = new Map<string, Logo>()

/** The logo at a path of the configuration, which was checked at the start; null where none is configured. */
export function logoAt(path: string | null): Logo | null {
  if (path === null) return null
  const found = known.get(path) ?? readFile(path)
  if (typeof found === 'string') throw new Error(`The logo ${found}.`)
  known.set(path, found)
  return found
}

/** #RRGGBB that can be read by day and by night. */
export const brandColour = z
  .string()
  .regex(/^#[0-9A-Fa-f]{6}$/, 'must be written like #1664D9')
  .superRefine((colour, ctx) => {
    const fault = /^#[0-9A-Fa-f]{6}$/.test(colour) ? faultOfBrandColour(colour) : null
    if (fault !== null) ctx.addIssue({ code: 'custom', message: `${colour} ${fault}` })
  })

/** The path of a square PNG, from the project's folder or absolute. */
export const logoPath = z.string().superRefine((path, ctx) => {
  const found = readFile(path)
  if (typeof found === 'string') ctx.addIssue({ code: 'custom', message: found })
})
