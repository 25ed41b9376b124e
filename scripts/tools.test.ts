import { howToInstall, packagesFor } from './tools'

test('only what is missing is asked for', () => {
  const missing = (tool: string): boolean => tool !== 'redis' && tool !== 'cjk-font'
  expect(packagesFor(['mariadb', 'redis', 'chromium', 'cjk-font'], missing)).toEqual([
    'redis-server',
    'fonts-noto-cjk',
  ])
})

test('whoever cannot be helped is told the command to type', () => {
  const text = howToInstall(['redis-server', 'chromium-headless-shell'], 'you are not root')
  expect(text).toContain('because you are not root')
  expect(text).toContain('apt-get install --no-install-recommends redis-server chromium-headless-shell')
})
