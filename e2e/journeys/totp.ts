import { createHmac } from 'node:crypto'
import { until } from '../../scripts/processes'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const STEP_MS = 30_000

function fromBase32(text: string): Buffer {
  let bits = ''
  for (const letter of text.replace(/=+$/, '')) bits += ALPHABET.indexOf(letter).toString(2).padStart(5, '0')
  const bytes = bits.match(/.{8}/g) ?? []
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)))
}

/** The six digits of an authenticator app (RFC 6238), written apart from the server's library, which it checks. */
function totpOf(secret: string, atMs: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(atMs / STEP_MS)))
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const at = (mac[19] ?? 0) & 15
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

const stepNow = (): number => Math.floor(Date.now() / STEP_MS)
const lastSteps = new Map<string, number>()

/**
 * A code that was not used at this portal yet. The server takes each once, and those of one step ahead: two journeys that sign in
 * the same person within half a minute use this step and the next, and a third waits for time to pass.
 */
export async function freshCode(secret: string, portal: string): Promise<string> {
  const key = `${portal} ${secret}`
  const next = (): number => Math.max(stepNow(), (lastSteps.get(key) ?? 0) + 1)
  await until(async () => next() <= stepNow() + 1, {
    timeoutMs: STEP_MS + 5_000,
    everyMs: 200,
    timedOut: () => 'the clock stands still',
  })
  const step = next()
  lastSteps.set(key, step)
  return totpOf(secret, step * STEP_MS)
}
