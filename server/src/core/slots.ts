/** So much at once in this process, first come, first served. */
export class Slots {
  private free: number
  private readonly queue: (() => void)[] = []

  constructor(size: number) {
    this.free = size
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free--
    else await new Promise<void>((resolve) => this.queue.push(resolve))
    try {
      return await work()
    } finally {
      const next = this.queue.shift()
      if (next) next()
      else this.free++
    }
  }
}
