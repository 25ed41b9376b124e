import { useState } from 'react'
import { usePortalLoaded } from '../../parts/gate'
import { useVisitor } from '../../state/enter-quietly'
import { Bones, Page } from '../../ui'
import { said } from '../words'
import { All } from './all'
import { Found } from './found'
import { SearchBar } from './search-bar'
import '../notices.scss'

/** What is announced, for everybody: an address needs no login, and who is signed in sees their own homes first. */
export default function NoticesPage() {
  const portal = usePortalLoaded()
  const visitor = useVisitor()
  const [wanted, setWanted] = useState('')
  return (
    <Page title={said.list.title}>
      <SearchBar onSearch={setWanted} />
      {wanted !== '' ? (
        <Found wanted={wanted} />
      ) : visitor.settled ? (
        <All companies={portal?.companies ?? []} signedIn={visitor.signedIn} />
      ) : (
        <Bones heights={[220, 220, 220]} />
      )}
    </Page>
  )
}
