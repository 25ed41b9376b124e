import { Page } from '../../ui'

export default function EmptyPage() {
  return <Page title="">{null}</Page>
}
