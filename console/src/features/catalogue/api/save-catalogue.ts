import { useAct } from '../../../api/query'

export const useSaveCatalogue = () =>
  useAct('catalogue.save', ['catalogue.get', 'catalogue.versions', 'catalogue.read'])
