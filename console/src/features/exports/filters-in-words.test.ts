import { filtersInWords } from './filters-in-words'

const words = {
  names: { companyId: '公司', states: '状态', class: '类别', due: '时限', from: '起', areaId: '区域' },
  state: { submitted: '待受理', closed: '已关闭' },
  class: { repair: '故障报修' },
  due: { overdue: '已超时' },
  company: (id: string) => (id === 'heating' ? '滨海热力' : id),
}

test('whoever approves reads what is in it, and not an address', () => {
  const query =
    'tab=all&companyId=heating&states=submitted,closed&class=repair&due=overdue&from=1795276800000&sort=due'
  expect(filtersInWords(query, words)).toBe(
    '公司：滨海热力；状态：待受理、已关闭；类别：故障报修；时限：已超时；起：2026-11-22',
  )
})
test('nothing chosen is nothing, and what it has no word for stays as it is', () => {
  expect(filtersInWords('tab=mine&sort=newest', words)).toBe('')
  expect(filtersInWords('areaId=01JD&states=odd', words)).toBe('区域：01JD；状态：odd')
})
