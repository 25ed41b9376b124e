import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lockData, resetData } from './data-folder'
import { startChild } from './processes'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yihu-data-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a reset forgets the demo and leaves what is somebody else’s', () => {
  mkdirSync(join(folder, 'mariadb/mysql'), { recursive: true })
  for (const name of ['yihu.sqlite', 'keys.json', 'imported-sqlite.json', 'thesis.docx']) {
    writeFileSync(join(folder, name), '')
  }
  resetData(folder)
  const left = ['yihu.sqlite', 'keys.json', 'imported-sqlite.json', 'mariadb', 'thesis.docx'].filter((name) =>
    existsSync(join(folder, name)),
  )
  expect(left).toEqual(['thesis.docx'])
})

test('a folder that another start holds is refused, naming it and the way out', async () => {
  // The parent of this test is alive for as long as the test is.
  writeFileSync(join(folder, 'start.pid'), String(process.ppid))
  const refused = lockData(folder, 50)
  await expect(refused).rejects.toThrow(`process ${process.ppid}`)
  await expect(refused).rejects.toThrow('YIHU_DATA_DIR')
})

test('a start that is just ending is waited for', async () => {
  const ending = startChild('ending', process.execPath, ['-e', 'setTimeout(() => {}, 300)'], {
    stdio: 'ignore',
  })
  writeFileSync(join(folder, 'start.pid'), String(ending.child.pid))
  const unlock = await lockData(folder, 20_000)
  expect(await ending.ended).toBe(0)
  unlock()
})

test('a lock left by a start that was killed is taken over, and let go at the end', async () => {
  writeFileSync(join(folder, 'start.pid'), '2147483646')
  const unlock = await lockData(folder, 0)
  unlock()
  expect(existsSync(join(folder, 'start.pid'))).toBe(false)
})
