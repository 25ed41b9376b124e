export default definePageConfig({ navigationBarTitleText: '一户', enablePullDownRefresh: true })
