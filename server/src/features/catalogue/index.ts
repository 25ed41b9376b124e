import type { Feature } from '../../platforms/feature'
import { catalogueVersionTable } from './entities'
import { catalogueRoutes } from './routes'

export { addWorking, dayNumber, isOpenDay, startOfDay, workingBetween } from './calendar'
export { calendarNamed, calendarNames, holidays } from './calendar-files'
export { type Opening, openingOf } from './opening'
export { catalogueFaults } from './catalogue-files'
export { type Catalogue, catalogueVersion, currentCatalogue } from './current-catalogue'
export type {
  AreaClass,
  CatalogueBody,
  ClockKind,
  ClockRule,
  Question,
  ServiceClass,
  ServiceType,
} from './schema'
export { areaClassOf, limitMinutes, promiseWords, serviceTypeOf } from './promise'
export { cataloguePersonal } from './personal'

export const catalogueFeature: Feature = {
  name: 'catalogue',
  tables: [catalogueVersionTable],
  routes: catalogueRoutes,
}
