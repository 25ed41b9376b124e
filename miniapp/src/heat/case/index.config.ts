export default definePageConfig({ navigationBarTitleText: '测温退费', enablePullDownRefresh: true })
