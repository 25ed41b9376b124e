import { consoleGraphFaults, consoleImportFaults } from './console-imports'

test('the console as it is keeps its rules', async () => {
  expect(await consoleImportFaults()).toEqual([])
})

test.each([
  ['console/src/features/inbox/page.tsx', 'console/src/features/request/card.tsx', 'meet only in its routes'],
  ['console/src/kit/table.tsx', 'console/src/features/inbox/page.tsx', 'knows no feature'],
  ['console/src/api.ts', 'server/src/core/errors.ts', 'import type'],
])('%s may not use %s', (file, used, words) => {
  expect(consoleGraphFaults(new Map([[file, [used]]]))).toEqual([expect.stringContaining(words)])
})

test('a feature may use the kit and its own files', () => {
  const uses = ['console/src/kit/table.tsx', 'console/src/features/inbox/columns.ts']
  expect(consoleGraphFaults(new Map([['console/src/features/inbox/page.tsx', uses]]))).toEqual([])
})
