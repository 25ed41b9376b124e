import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { baseMapOf, filePlacesOf, placeOfArea } from './base-map'
import { distanceM } from '../dispatch/straight-line'

test.each(['heating', 'gas', 'power', 'water'])('the demo has a map of %s that can be drawn', (companyId) => {
  const shapes = baseMapOf(companyId)
  expect(new Set(shapes.map(({ kind }) => kind))).toEqual(new Set(['district', 'community', 'road', 'water']))
  const areas = shapes.filter(({ kind }) => kind === 'district' || kind === 'community')
  expect(areas.map(({ points }) => points.at(-1))).toEqual(areas.map(({ points }) => points[0]))
})

test('every community of the demo lies where its map draws it', () => {
  for (const companyId of ['heating', 'gas', 'water']) {
    const communities = baseMapOf(companyId).filter(({ kind }) => kind === 'community')
    for (const [fullName, [latE6, lngE6]] of Object.entries(filePlacesOf(companyId))) {
      const drawn = communities.find(({ name }) => fullName.endsWith(name))
      if (!drawn) continue
      const near = drawn.points.map(([lat, lng]) => distanceM({ latE6, lngE6 }, { latE6: lat, lngE6: lng }))
      expect(Math.max(...near)).toBeLessThan(1000)
    }
    expect(communities.length).toBeGreaterThanOrEqual(4)
  }
})

test.each([
  ['heating', '松海园/41号楼/6单元', 39_034_500],
  ['gas', '福田区/香蜜湖花园/9栋', 22_547_500],
  ['gas', '福田区/没听过的小区', 22_556_000],
  ['power', '雨花区/湘江路358号/8栋', 28_150_000],
])('in %s the place of %s is found by its longest known beginning', (companyId, fullName, latE6) => {
  expect(placeOfArea(filePlacesOf(companyId), fullName)?.latE6).toBe(latE6)
})

test('an area that nobody placed has no place, and a company without a map has an empty one', () => {
  expect(placeOfArea(filePlacesOf('heating'), '火星小区')).toBeNull()
  expect(baseMapOf('nobody')).toEqual([])
  expect(baseMapOf('../default')).toEqual([])
})

test('a map that is wrong is named with what is wrong', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yihu-map-'))
  const shape = { kind: 'moon', name: '月亮', points: [[1, 2]] }
  writeFileSync(join(folder, 'heating.json'), JSON.stringify({ note: '', shapes: [shape] }))
  expect(() => baseMapOf('heating', folder)).toThrow(/heating\.json[\s\S]*kind/)
})
