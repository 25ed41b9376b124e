export default definePageConfig({ navigationBarTitleText: '报修投诉' })
