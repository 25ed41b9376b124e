export default definePageConfig({ navigationBarTitleText: '报修和投诉', enablePullDownRefresh: true })
