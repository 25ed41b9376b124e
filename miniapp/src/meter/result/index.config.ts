export default definePageConfig({ navigationBarTitleText: '报数结果' })
