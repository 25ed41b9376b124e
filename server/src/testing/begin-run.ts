import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { nameRun, runFolder } from './whole-run'

/** Jest calls it once, before its workers are there. */
export default function beginRun(): void {
  nameRun(randomBytes(6).toString('hex'))
  mkdirSync(runFolder())
}
