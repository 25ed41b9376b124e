import { useAct, useRead } from '../../../api/query'

export const useOfficialMenu = () => useRead('official.menu', {})

export const usePublishMenu = () => useAct('official.publishMenu', ['official.menu'])
