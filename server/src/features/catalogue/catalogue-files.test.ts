import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { catalogueFaults, catalogueFileNames, readCatalogueFile } from './catalogue-files'
import type { CatalogueBody } from './schema'

const KINDS = ['heating', 'gas', 'power', 'water'] as const
const company = (kind: (typeof KINDS)[number], id: string = kind) => ({ id, kind, hotline: '96123' })

function bodyOf(kind: (typeof KINDS)[number]): CatalogueBody {
  const read = readCatalogueFile(company(kind))
  if ('faults' in read) throw new Error(read.faults.join('\n'))
  return read.body
}

test('every shipped catalogue is whole', () => {
  expect(catalogueFileNames().toSorted()).toEqual([...KINDS].toSorted())
  expect(catalogueFaults(KINDS.map((kind) => company(kind)))).toEqual([])
})

describe.each(KINDS)('the catalogue of %s', (kind) => {
  const body = bodyOf(kind)

  test('has the four classes, an “other”, and at most twenty leaves', () => {
    expect(new Set(body.types.map((type) => type.class))).toEqual(
      new Set(['complaint', 'repair', 'service', 'other']),
    )
    expect(body.types.find((type) => type.id === 'other')?.class).toBe('other')
    expect(body.types.length).toBeLessThanOrEqual(20)
  })

  test('says where each limit comes from and speaks to residents in plain words', () => {
    for (const type of body.types) {
      for (const clock of type.clocks) expect(clock.source).not.toBe('')
      expect(`${type.name}${type.hint}`).not.toMatch(/工单|派单|系统/)
    }
  })

  test('whoever finds a name, an address or a number wrong has where to say so', () => {
    const asked = body.types
      .flatMap(({ household, questions }) => (household === 'none' ? [] : questions))
      .flatMap(({ options }) => options)
    expect(['更正户名', '更正地址', '更正电话'].filter((wanted) => !asked.includes(wanted))).toEqual([])
  })

  test('a danger is stopped by words and the company’s own number', () => {
    const stoppers = body.types.flatMap((type) => type.stopper ?? [])
    expect(stoppers.length).toBeGreaterThan(0)
    for (const stopper of stoppers) expect(stopper.phone).toBe('96123')
  })

  test('whoever is told to go outside must neither photograph anything nor choose a time', () => {
    for (const type of body.types.filter((entry) => entry.stopper))
      expect([type.id, type.photo === 'required', type.appointment === 'required']).toEqual([
        type.id,
        false,
        false,
      ])
  })

  test('whoever must sign or show a reading is visited at a household or a place', () => {
    for (const type of body.types.filter((entry) => entry.evidence.length > 0)) {
      expect(type.household !== 'none' || type.place !== 'none').toBe(true)
    }
  })
})

test('a gas smell says: open, shut, no switches, outside, call', () => {
  const leak = bodyOf('gas').types.find((type) => type.id === 'gas-leak')
  expect(leak?.stopper?.ask).toBeNull()
  expect(leak?.stopper?.steps.join('；')).toMatch(/门窗.*总阀.*电器.*室外/)
})

test('power arrives in 45 minutes in town, 90 in the country and two hours far away', () => {
  const outage = bodyOf('power').types.find((type) => type.id === 'outage')
  expect(outage?.clocks.find((clock) => clock.kind === 'arrive')?.minutes).toEqual({
    city: 45,
    rural: 90,
    remote: 120,
  })
})

test('the trades’ usual requests are all there', () => {
  const ids = (kind: (typeof KINDS)[number]): string[] => bodyOf(kind).types.map((type) => type.id)
  expect(ids('heating')).toEqual(
    expect.arrayContaining([
      'low-temperature',
      'not-hot',
      'leak',
      'valve-shut',
      'temperature-visit',
      'stop-supply',
      'resume-supply',
    ]),
  )
  expect(ids('gas')).toEqual(
    expect.arrayContaining(['gas-leak', 'no-gas', 'meter', 'ignition', 'safety-check']),
  )
  expect(ids('power')).toEqual(
    expect.arrayContaining(['outage', 'voltage', 'meter', 'reconnection', 'live-wire']),
  )
})

test('a company without a file of its own gets that of its kind', () => {
  const read = readCatalogueFile(company('water', 'west-water'))
  expect('body' in read && read.body.types.map((type) => type.id)).toEqual(
    bodyOf('water').types.map((type) => type.id),
  )
})

const TYPE =
  '{ id: other, class: other, name: 其他, hint: 写, household: none, photo: none, place: none, appointment: none, priority: 3, clocks: [] }'

test.each([
  ['no “other”', `types: [${TYPE.replace('id: other', 'id: odd')}]`, '其他'],
  [
    'more than twenty leaves',
    `types: [${Array.from({ length: 21 }, (_, n) => TYPE.replace('id: other', n === 0 ? 'id: other' : `id: t-${n}`)).join(', ')}]`,
    'types',
  ],
  ['an id twice', `types: [${TYPE}, ${TYPE}]`, '用了两次'],
  [
    'a calendar nobody knows',
    `types: [${TYPE.replace('clocks: []', 'clocks: [{ kind: reply, minutes: { city: 1 }, calendar: moon, startsAt: submitted, metBy: closed, source: x }]')}]`,
    'moon',
  ],
  [
    'a stopper without a number',
    `types: [${TYPE.replace('priority', "stopper: { ask: null, title: 停, steps: [走], phone: '' }, priority")}]`,
    'stopper.phone',
  ],
  [
    'a choice with one option',
    `types: [${TYPE.replace('priority', 'questions: [{ code: a, label: 哪里, kind: choice, options: [屋里] }], priority')}]`,
    '两个选项',
  ],
  [
    'a danger that wants a photo first',
    `types: [${TYPE.replace('photo: none', 'photo: required').replace('priority', "stopper: { ask: null, title: 停, steps: [走], phone: '96123' }, priority")}]`,
    '不能再要求拍照',
  ],
  [
    'a danger that wants a time first',
    `types: [${TYPE.replace('appointment: none', 'appointment: required').replace('priority', "stopper: { ask: null, title: 停, steps: [走], phone: '96123' }, priority")}]`,
    '不能再要求约时间',
  ],
  ['an unknown key', `types: [${TYPE}]\nsla: 3`, 'sla'],
])('a file with %s is refused and named', (_, text, word) => {
  const folder = mkdtempSync(join(tmpdir(), 'yihu-catalogues-'))
  writeFileSync(join(folder, 'gas.yaml'), text)
  const read = readCatalogueFile(company('gas'), folder)
  expect('faults' in read && read.faults.join('\n')).toContain(word)
  expect('faults' in read && read.faults[0]).toContain('config/catalogues/gas.yaml')
})
