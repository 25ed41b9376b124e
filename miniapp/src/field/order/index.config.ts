export default definePageConfig({ navigationBarTitleText: '上门处理' })
