export default definePageConfig({ navigationBarTitleText: '历史读数' })
