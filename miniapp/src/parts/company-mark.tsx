import { View } from '@tarojs/components'
import { addressOf } from '../api/client'
import { useWide } from '../platform/hall'
import { Photo } from '../platform/photo'
import { useHouse } from '../state/house'
import { usePortal } from '../state/portal'
import './company-mark.scss'

function Mark({ id, logo, name }: { id: string; logo: string; name: string }) {
  return (
    <View className="mark" id={id}>
      <Photo className="mark-logo" src={logo} label="" />
      <View className="mark-name t-title">{name}</View>
    </View>
  )
}

/** The logo and name of whoever runs these pages; nothing where no logo is configured, or the hall's head has both. */
export function HouseMark() {
  const { logo, name } = useHouse()
  const wide = useWide()
  return wide || logo === null ? null : <Mark id="house-mark" logo={logo} name={name} />
}

/** The same of one company. */
export function CompanyMark({ companyId }: { companyId: string }) {
  const company = usePortal((state) => state.portal)?.companies.find(({ id }) => id === companyId)
  return company?.logo ? <Mark id="company-mark" logo={addressOf(company.logo)} name={company.name} /> : null
}
