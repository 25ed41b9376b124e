import {
  changedIn,
  draftOf,
  emptyForm,
  type Form,
  formFrom,
  formOf,
  gapsOf,
  isEmpty,
  withAreas,
  withCompany,
} from './draft'

const full: Form = {
  ...emptyForm('heating'),
  title: '松海园停热检修',
  words: '一次网阀门更换，期间停热。',
  reasonWords: '更换阀门',
  phone: '96069',
  startsAt: 1_000,
  endsAt: 2_000,
  areas: [{ id: 'A1', tree: 'place', fullName: '中山区/松海园' }],
}

test('an empty form says everything that is missing, a full one nothing', () => {
  expect(gapsOf(emptyForm('heating'))).toEqual([
    'title',
    'words',
    'reasonWords',
    'phone',
    'startsAt',
    'endsAt',
    'audience',
  ])
  expect(gapsOf(full)).toEqual([])
  expect([isEmpty(emptyForm('gas')), isEmpty(full)]).toEqual([true, false])
})
test('an emergency needs no end, an announcement no times at all, and no end comes before its start', () => {
  expect(gapsOf({ ...full, kind: 'emergency', endsAt: null })).toEqual([])
  expect(gapsOf({ ...full, kind: 'general', startsAt: null, endsAt: null })).toEqual([])
  expect(gapsOf({ ...full, endsAt: 1_000 })).toEqual(['order'])
})
test('the server gets trimmed words, and an announcement never cuts supply', () => {
  const draft = draftOf({ ...full, kind: 'general', title: '  供暖季收费  ', accountNos: ['0021'] })
  expect([draft.title, draft.cutsSupply]).toEqual(['供暖季收费', false])
  expect(draft.audience).toEqual({ areaIds: ['A1'], accountNos: ['0021'] })
})
test('what was saved comes back as it was written', () => {
  expect(formOf({ draft: draftOf(full), areas: [...full.areas] })).toEqual(full)
})
test('only what differs is named, and the order of places is no difference', () => {
  const two = withAreas(full, [{ id: 'A2', tree: 'supply', fullName: '松海4号' }])
  expect(changedIn(two, { ...two, areas: two.areas.toReversed(), title: `${two.title} ` })).toEqual([])
  expect(changedIn(full, { ...two, words: '别的话', accountNos: ['0021'] })).toEqual([
    'words',
    'areas',
    'accountNos',
  ])
})
test('a place is added once, and another company begins without places', () => {
  expect(withAreas(full, full.areas).areas).toHaveLength(1)
  expect(withCompany({ ...full, accountNos: ['0021'] }, 'gas')).toMatchObject({
    companyId: 'gas',
    areas: [],
    accountNos: [],
    title: full.title,
  })
})
test('a suggestion opens with its place named', () => {
  const form = formFrom({
    id: 'S1',
    companyId: 'heating',
    areaId: 'A1',
    areaName: '松海园换热站',
    requests: 5,
    firstAt: 1,
    lastAt: 2,
    draft: draftOf(full),
  })
  expect(form.areas).toEqual([{ id: 'A1', tree: 'supply', fullName: '松海园换热站' }])
  expect(form.title).toBe(full.title)
})
