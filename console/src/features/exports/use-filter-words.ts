import { useCompanies } from '../../kit/companies'
import { useMe } from '../../kit/me-context'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { filtersInWords } from './filters-in-words'
import { exportWords } from './words'

/** Says a list's filters in words. */
export function useFilterWords(): (query: string) => string {
  const words = useWords(exportWords)
  const kit = useWords(kitWords)
  const companies = useCompanies(useMe())
  return (query) =>
    words.filters(
      filtersInWords(query, {
        names: words.filterNames,
        state: { ...kit.state, open: words.open, all: kit.all },
        class: kit.class,
        due: words.dueOf,
        company: (id) => companies.find((one) => one.id === id)?.name ?? id,
      }),
    )
}
