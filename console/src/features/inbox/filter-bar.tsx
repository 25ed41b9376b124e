import { Button, DatePicker, Input, Select, Space } from 'antd'
import dayjs from 'dayjs'
import { useSearchParams } from 'react-router'
import { useCompanies } from '../../kit/companies'
import { dayOf, fromWallClock } from '../../kit/format'
import { useMe } from '../../kit/me-context'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { classes, countFilters, dues, type FilterName, sorts, withFilter, withoutFilters } from './filters'
import { MoreFilters } from './more-filters'
import { inboxWords } from './words'

const shownStates = [
  'submitted',
  'accepted',
  'dispatched',
  'on-the-way',
  'on-site',
  'on-hold',
  'returned',
  'resolved',
  'closed',
  'cancelled',
  'merged',
] as const

/** Filters of the list; each stands in the address, so that the list can be sent to a colleague. */
export function FilterBar() {
  const words = useWords(inboxWords)
  const kit = useWords(kitWords)
  const [params, setParams] = useSearchParams()
  const companies = useCompanies(useMe())
  const set = (name: FilterName, value: string | null): void => setParams(withFilter(params, name, value))
  return (
    <Space wrap size={8} className="filters" role="search" aria-label={words.title}>
      <StateFilter />
      {companies.length > 1 ? (
        <Choice
          name="companyId"
          label={words.company}
          options={companies.map(({ id, name }) => ({ value: id, label: name }))}
        />
      ) : null}
      <Choice
        name="class"
        label={words.class}
        options={classes.map((value) => ({ value, label: kit.class[value] }))}
      />
      <Choice
        name="due"
        label={words.due}
        options={dues.map((value) => ({ value, label: words.dueOf[value] }))}
      />
      <DayRange />
      <MoreFilters />
      <Input.Search
        key={params.get('q')}
        aria-label={words.q}
        placeholder={words.q}
        defaultValue={params.get('q') ?? ''}
        allowClear
        maxLength={40}
        className="filter-q"
        onSearch={(value) => set('q', value.trim())}
      />
      <Select
        aria-label={words.sort}
        value={params.get('sort') ?? 'due'}
        options={sorts.map((value) => ({ value, label: words.sortOf[value] }))}
        onChange={(value) => set('sort', value === 'due' ? null : value)}
        popupMatchSelectWidth={false}
      />
      {countFilters(params) > 0 ? (
        <Button type="link" onClick={() => setParams(withoutFilters(params))}>
          {words.clear}
        </Button>
      ) : null}
    </Space>
  )
}

interface ChoiceProps {
  readonly name: FilterName
  readonly label: string
  readonly options: { value: string; label: string }[]
}

function Choice({ name, label, options }: ChoiceProps) {
  const [params, setParams] = useSearchParams()
  return (
    <Select
      aria-label={label}
      placeholder={label}
      allowClear
      value={params.get(name)}
      options={options}
      className="filter-choice"
      popupMatchSelectWidth={false}
      onChange={(value: string | null | undefined) => setParams(withFilter(params, name, value ?? null))}
    />
  )
}

/** Names for many states, which stand alone. */
const WIDE = ['open', 'working', 'all']

/** Without a choice only open ones are shown; `all` shows everything. */
function StateFilter() {
  const words = useWords(inboxWords)
  const kit = useWords(kitWords)
  const [params, setParams] = useSearchParams()
  const given = params.get('states') ?? (params.get('q') ? 'all' : 'open')
  const options = [
    { value: 'open', label: words.open },
    { value: 'working', label: words.working },
    { value: 'all', label: kit.all },
    ...shownStates.map((value) => ({ value: value as string, label: kit.state[value] })),
  ]
  const choose = (chosen: string[]): void => {
    const last = chosen.at(-1)
    const wide = last === undefined || WIDE.includes(last)
    const states = wide ? (last ?? 'open') : chosen.filter((one) => !WIDE.includes(one)).join(',')
    setParams(withFilter(params, 'states', states === 'open' ? null : states))
  }
  return (
    <Select
      aria-label={words.states}
      mode="multiple"
      maxTagCount={2}
      value={given.split(',')}
      options={options}
      onChange={choose}
      className="filter-states"
      popupMatchSelectWidth={false}
    />
  )
}

function DayRange() {
  const words = useWords(inboxWords)
  const [params, setParams] = useSearchParams()
  const day = (name: string): dayjs.Dayjs | null => {
    const at = Number(params.get(name) ?? '')
    return at > 0 ? dayjs(dayOf(at)) : null
  }
  return (
    <DatePicker.RangePicker
      aria-label={words.range}
      placeholder={[words.from, words.to]}
      allowEmpty={[true, true]}
      value={[day('from'), day('to')]}
      className="filter-range"
      onChange={(range) => {
        const [from, to] = range ?? [null, null]
        const first = from ? String(fromWallClock(`${from.format('YYYY-MM-DD')}T00:00:00`)) : null
        const last = to ? String(fromWallClock(`${to.format('YYYY-MM-DD')}T23:59:59`)) : null
        setParams(withFilter(withFilter(params, 'from', first), 'to', last))
      }}
    />
  )
}
