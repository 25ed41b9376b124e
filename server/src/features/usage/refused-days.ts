import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { BYTE_ORDER_MARK, csvLine } from '../desk'
import { type Refusal, refusals } from './judge-day'

/** Where refused records go, so that they can be corrected in a spreadsheet and imported again. */
export class RefusedDays {
  readonly #path: string | null
  readonly #header: readonly string[]
  #file: FileHandle | null = null
  #lines: string[] = []

  constructor(path: string | null, header: readonly string[]) {
    this.#path = path
    this.#header = header
  }

  async add(record: number, cells: readonly string[], reason: Refusal): Promise<void> {
    if (this.#path === null) return
    this.#lines.push(
      csvLine([...cells.slice(0, this.#header.length), record, `${reason} ${refusals[reason]}`]),
    )
    if (this.#lines.length >= 500) await this.#flush()
  }

  /** Puts the file in its place; null when nothing was refused or nobody wants to know. */
  async keep(): Promise<string | null> {
    if (this.#path === null) return null
    await this.#flush()
    if (this.#file === null) return null
    await this.#file.close()
    await rename(`${this.#path}.part`, this.#path)
    return this.#path
  }

  async discard(): Promise<void> {
    if (this.#file === null) return
    await this.#file.close()
    await rm(`${this.#path}.part`, { force: true })
  }

  async #flush(): Promise<void> {
    if (this.#lines.length === 0) return
    if (this.#file === null) {
      this.#file = await open(`${this.#path}.part`, 'w')
      await this.#file.appendFile(BYTE_ORDER_MARK + csvLine([...this.#header, '原记录号', '拒收原因']))
    }
    await this.#file.appendFile(this.#lines.join(''))
    this.#lines = []
  }
}
