import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { findCycle } from './import-graph'
import { miniappImportFaults, missingPages, readAppConfig } from './miniapp-imports'

let root: string
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'yihu-miniapp-'))
  write('server/src/contract.ts', 'export type A = 1; export const leak = 1')
  write('miniapp/src/app.tsx', "import './parts/part'")
  write('miniapp/src/parts/part.ts', 'export const part = 1')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

test('a page may use parts, types of the contract, and its wallet’s own file', async () => {
  for (const wallet of ['weapp', 'alipay', 'h5'])
    write(`miniapp/src/platform/pay.${wallet}.ts`, 'export const pay = 1')
  write(
    'miniapp/src/pages/bill/index.tsx',
    "import type { A } from '@yihu/contract'\nimport { part } from '../../parts/part'\nimport { pay } from '../../platform/pay'\nexport const a: A[] = [part, pay]",
  )
  expect(await miniappImportFaults(root)).toEqual([])
})

test('a value from the server would put the server into the mini-program', async () => {
  write('miniapp/src/pages/bill/index.tsx', "import { leak } from '@yihu/contract'\nexport default leak")
  expect(await miniappImportFaults(root)).toEqual([
    expect.stringContaining('miniapp/src/pages/bill/index.tsx uses server/src/contract.ts at run time'),
  ])
})

test('a page cannot use another page’s files, because either may be loaded without the other', async () => {
  write('miniapp/src/pages/bind/tip.ts', 'export const tip = 1')
  write('miniapp/src/pages/bill/index.tsx', "import { tip } from '../bind/tip'\nexport default tip")
  expect(await miniappImportFaults(root)).toEqual([expect.stringContaining('belongs into src/parts')])
})

test('the field worker’s pages share among themselves and lend nothing to the residents’', async () => {
  write('miniapp/src/field/queue.ts', 'export const queue = 1')
  write('miniapp/src/field/today/index.tsx', "import { queue } from '../queue'\nexport default queue")
  expect(await miniappImportFaults(root)).toEqual([])
  write('miniapp/src/pages/bill/index.tsx', "import { queue } from '../../field/queue'\nexport default queue")
  expect(await miniappImportFaults(root)).toEqual([expect.stringContaining('miniapp/src/field/queue.ts')])
})

test('the home page shows notices without the pages of notices, which come later or never', async () => {
  write('miniapp/src/notices/map.ts', 'export const map = 1')
  write('miniapp/src/notices/detail/index.tsx', "import { map } from '../map'\nexport default map")
  expect(await miniappImportFaults(root)).toEqual([])
  write('miniapp/src/pages/home/index.tsx', "import { map } from '../../notices/map'\nexport default map")
  expect(await miniappImportFaults(root)).toEqual([expect.stringContaining('miniapp/src/notices/map.ts')])
})

test('a file that one wallet lacks is found, with the wallet’s name', async () => {
  write('miniapp/src/platform/pay.weapp.ts', 'export const pay = 1')
  write('miniapp/src/platform/pay.h5.ts', 'export const pay = 1')
  write('miniapp/src/app.tsx', "import { pay } from './platform/pay'\nexport default pay")
  const faults = await miniappImportFaults(root)
  expect(faults).toEqual([expect.stringMatching(/^miniapp \(alipay\): .*platform\/pay/s)])
})

test('a way round is shown whole', () => {
  const graph = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['b']],
  ])
  expect(findCycle(graph)).toEqual(['b', 'c', 'b'])
  expect(
    findCycle(
      new Map([
        ['a', ['b', 'c']],
        ['b', ['c']],
      ]),
    ),
  ).toBeNull()
})

test('pages without a file and files without a page are both found', () => {
  const config = { pages: ['pages/home/index'], subPackages: [{ root: 'pages/bill', pages: ['index'] }] }
  const files = ['miniapp/src/pages/home/index.tsx', 'miniapp/src/pages/old/index.tsx']
  expect(missingPages(config, files)).toEqual([
    expect.stringContaining('names pages/bill/index'),
    expect.stringContaining('miniapp/src/pages/old/index.tsx is in no list'),
  ])
})

test('the real list of pages can be read as Taro reads it', () => {
  expect(readAppConfig().pages).toContain('pages/home/index')
})
