import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lockData, resetData } from './data-folder'

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

test('a folder that another start holds is refused, naming it and the way out', () => {
  // The parent of this test is alive for as long as the test is.
  writeFileSync(join(folder, 'start.pid'), String(process.ppid))
  expect(() => lockData(folder)).toThrow(`process ${process.ppid}`)
  expect(() => lockData(folder)).toThrow('YIHU_DATA_DIR')
})

test('a lock left by a start that was killed is taken over, and let go at the end', () => {
  writeFileSync(join(folder, 'start.pid'), '2147483646')
  const unlock = lockData(folder)
  unlock()
  expect(existsSync(join(folder, 'start.pid'))).toBe(false)
})
