export { CataloguePage as Component } from '../features/catalogue/catalogue-page'
