import type { CatalogueBody } from '../../api/types'
import { diffBodies } from './diff'
import { linesOf, movedType, newType, withoutHoles, withType } from './edit'

const first = newType([], '漏水')
const leak = {
  ...first,
  clocks: [
    {
      kind: 'arrive' as const,
      minutes: { city: 45, rural: 90 },
      calendar: 'always',
      startsAt: 'submitted' as const,
      metBy: 'on-site' as const,
      warnAt: 0.7,
      source: '示例',
    },
  ],
}
const other = { ...newType([leak], '其他'), id: 'other', class: 'other' as const }
const body: CatalogueBody = {
  types: [leak, other],
  areaClasses: {},
  areaPlaces: {},
  reopenHours: 72,
  urgeGapMinutes: 120,
  escalationMinutes: [60, 240],
  surveyAfterDays: 28,
  offerSeconds: 120,
}

test('nothing changed is no change', () => {
  expect(diffBodies(body, structuredClone(body))).toEqual([])
})
test('a change deep in a type is named by its path, with both values', () => {
  const [clock] = leak.clocks
  if (clock === undefined) throw new Error('the example has a clock')
  const next = withType(body, { ...leak, clocks: [{ ...clock, minutes: { city: 40 } }] })
  expect(diffBodies(body, next)).toEqual([
    { type: '漏水', kind: 'changed', path: ['clocks', '1', 'minutes', 'city'], before: '45', after: '40' },
    { type: '漏水', kind: 'changed', path: ['clocks', '1', 'minutes', 'rural'], before: '90', after: '—' },
  ])
})
test('types that come, go and move, and settings of the company, are told', () => {
  const added = newType(body.types, '测温')
  const next = { ...body, types: [other, leak, added], escalationMinutes: [60], reopenHours: 48 }
  const told = diffBodies(body, next).map(({ type, kind, path, after }) => [
    type,
    kind,
    path.join('.'),
    after,
  ])
  expect(told).toEqual([
    ['测温', 'added', '', ''],
    [null, 'changed', 'types', '其他、漏水'],
    [null, 'changed', 'reopenHours', '48'],
    [null, 'changed', 'escalationMinutes', '60'],
  ])
  expect(diffBodies(next, body).filter(({ kind }) => kind === 'removed')).toHaveLength(1)
})
test('a type moves one place and stops at the ends', () => {
  expect(movedType(body, 'other', -1).types.map(({ id }) => id)).toEqual(['other', leak.id])
  expect(movedType(body, 'other', 1)).toEqual(body)
})
test('a new type never takes the code of another', () => {
  const taken = [{ ...first, id: 'type-2' }]
  expect(newType(taken, 'x').id).not.toBe('type-2')
})
test('holes of the form are gone before the server sees them', () => {
  expect(
    withoutHoles({
      unit: '',
      skill: null,
      minutes: { city: 45, rural: null },
      atPriority: { '1': { city: undefined } },
      options: ['a', undefined],
    }),
  ).toEqual({ skill: null, minutes: { city: 45 }, options: ['a'] })
})
test('lines of a text become a list', () => {
  expect(linesOf(' 开窗 \n\n关阀\n')).toEqual(['开窗', '关阀'])
})
