export default definePageConfig({ navigationBarTitleText: '验证缴费证明' })
