import { join } from 'node:path'
import { ROOT } from './sources'
import { readOptions, UsageError } from './start-options'

test('without words: the embedded database, .data, and the usual ports', () => {
  expect(readOptions([], {})).toEqual({
    engine: 'sqlite',
    reset: false,
    dataDir: join(ROOT, '.data'),
    ports: {
      portal: 3000,
      metrics: 3001,
      sandbox: 3100,
      wechatPhone: 3101,
      alipayPhone: 3102,
      workerPhone: 3103,
      mail: 3104,
    },
  })
})

test('the other ports follow the two that can be chosen, and YIHU_DATA_DIR moves the data', () => {
  const options = readOptions(['--engine', 'mariadb', '--reset', '--port', '4000', '--sandbox-port=4500'], {
    YIHU_DATA_DIR: '/srv/yihu',
  })
  expect(options).toMatchObject({ engine: 'mariadb', reset: true, dataDir: '/srv/yihu' })
  expect(options.ports).toEqual({
    portal: 4000,
    metrics: 4001,
    sandbox: 4500,
    wechatPhone: 4501,
    alipayPhone: 4502,
    workerPhone: 4503,
    mail: 4504,
  })
})

test.each([
  [['--engine', 'oracle'], '--engine is sqlite or mariadb'],
  [['--port', 'eighty'], '--port must be a port'],
  [['--sandbox-port', '65534'], '--sandbox-port must be a port from 1 to 65531'],
  [['--port', '3101'], 'leave more room'],
  [['--sandbox-port', '2999'], 'leave more room'],
  [['--rest'], "Unknown option '--rest'"],
])('%j is refused in words', (args, words) => {
  expect(() => readOptions(args, {})).toThrow(UsageError)
  expect(() => readOptions(args, {})).toThrow(words)
})

test('neighbouring ports that do not overlap are fine', () => {
  expect(readOptions(['--port', '3105'], {}).ports.metrics).toBe(3106)
  expect(readOptions(['--port', '3098'], {}).ports.metrics).toBe(3099)
})
