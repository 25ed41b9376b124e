import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { firstBytes, isFree } from './ports'
import { createConnection, type RowDataPacket } from 'mysql2/promise'
import { startServices } from './services'

test('both answer on their own ports, keep what they were given, and leave nothing running', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'yihu-services-test-'))
  try {
    const first = await startServices(folder)
    expect((await firstBytes(first.mariadbPort, ''))?.toString('latin1')).toContain('MariaDB')
    expect((await firstBytes(first.redisPort, 'SET a kept\r\n'))?.toString()).toBe('+OK\r\n')
    const pid = Number(readFileSync(join(folder, 'mariadb/pid'), 'utf8'))
    await first.stop()
    expect(existsSync(`/proc/${pid}`)).toBe(false)
    expect([await isFree(first.mariadbPort), await isFree(first.redisPort)]).toEqual([true, true])

    const second = await startServices(folder)
    expect((await firstBytes(second.redisPort, 'GET a\r\n'))?.toString()).toContain('kept')
    await second.stop()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a commit is on the disk when it is answered, unless somebody asked for haste', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'yihu-services-test-'))
  const flushOf = async (port: number): Promise<unknown> => {
    const connection = await createConnection({ host: '127.0.0.1', port, user: 'root' })
    const [rows] = await connection.query<RowDataPacket[]>('SELECT @@innodb_flush_log_at_trx_commit AS flush')
    await connection.end()
    return rows[0]?.['flush']
  }
  try {
    for (const [durable, flush] of [
      [undefined, 1],
      [false, 0],
    ] as const) {
      const services = await startServices(folder, durable === undefined ? {} : { durable })
      expect(await flushOf(services.mariadbPort)).toBe(flush)
      await services.stop()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
