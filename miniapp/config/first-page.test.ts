import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { announce, filesOfHome, heavyParts } from './first-page'

const group = (files: readonly string[], ...requests: string[]) => ({
  chunks: files.map((file) => ({ files: new Set([file]) })),
  origins: requests.map((request) => ({ request })),
})
const vendors = 'js/1.aaaaaaaa.js'
const chunkGroups = [
  group([vendors, 'js/first.bbbbbbbb.js', 'css/2.cccccccc.css', 'js/2.cccccccc.js'], './pages/home/index'),
  group(['js/first.bbbbbbbb.js', 'js/shared.dddddddd.js'], './pages/bills/index'),
  group(['js/3.eeeeeeee.js'], './language/main-english'),
]
const entrypoints = new Map([['app', group([vendors])]])

test('index.html announces what the home page fetches later, and nothing of other pages', () => {
  const files = filesOfHome({ chunkGroups, entrypoints })
  expect(files).toEqual(['js/first.bbbbbbbb.js', 'css/2.cccccccc.css', 'js/2.cccccccc.js'])
  const html = announce('<head><title>一户</title></head><body></body>', files.slice(0, 2))
  expect(html).toBe(
    '<head><title>一户</title><link rel="preload" as="script" href="./js/first.bbbbbbbb.js">' +
      '<link rel="preload" as="style" href="./css/2.cccccccc.css">' +
      '<link rel="preload" as="fetch" crossorigin href="/api/portal.describe"></head><body></body>',
  )
})

test('a home page under another name is found out, for nothing would be announced', () => {
  expect(filesOfHome({ chunkGroups: chunkGroups.slice(1), entrypoints })).toEqual([])
})

test('whoever uses a part that the home page has no use for takes it from the copy of its own', () => {
  const light = new Set(['View', 'Text', 'Button', 'Input', 'Image'])
  const root = join(__dirname, '../src')
  const heavy = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx'))
    .map((file) => join(root, file))
    .filter((file) => {
      const taken =
        /import \{([^}]*)\} from '@tarojs\/components'/.exec(readFileSync(file, 'utf8'))?.[1] ?? ''
      const names = taken.split(',').map((name) => name.trim())
      return names.some((name) => name !== '' && !name.startsWith('type ') && !light.has(name))
    })
  expect(heavy.length).toBeGreaterThan(5)
  expect(heavy.filter((file) => !heavyParts.test(file))).toEqual([])
})
