import { implement } from '../../platforms/feature'
import { getCatalogue } from './get-catalogue'
import { listCatalogueVersions } from './list-catalogue-versions'
import { readCatalogue } from './read-catalogue'
import { saveCatalogue } from './save-catalogue'
import { catalogueOperations } from './schema'

export const catalogueRoutes = implement(catalogueOperations, {
  'catalogue.read': { limit: 'read', handle: readCatalogue },
  'catalogue.versions': { limit: 'read', handle: listCatalogueVersions },
  'catalogue.get': { limit: 'read', handle: getCatalogue },
  'catalogue.save': { limit: 'write', handle: saveCatalogue },
})
