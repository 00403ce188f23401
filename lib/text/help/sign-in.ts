import { go, type HelpTopic, list, say, see } from './define.ts'

export const signIn: HelpTopic = {
  id: 'sign-in',
  title: '登录与密码',
  lead: '登录、找回密码、更换手机号和账户安全。',
  questions: [
    {
      id: 'forgot-password',
      question: '忘记密码怎么办？',
      keywords: ['找回密码', '重置密码', '密码忘了', '想不起密码', '密码不对'],
      answer: ({ passwordMin, passwordMax }) => [
        say(
          '打开',
          go('forgotPassword', '找回密码'),
          '，填写证件号码、真实姓名、手机号和短信验证码，设置新密码。这些内容都要与注册时一致。',
        ),
        say(
          `新密码 ${passwordMin} 至 ${passwordMax} 个字符，什么字符都可以，不能含有证件号码、手机号或姓名。重置后，所有设备都会退出登录。`,
        ),
        say('注册的手机号已经停用的，请看', see('phone-lost', '注册的手机号停用了怎么办'), '。'),
      ],
    },
    {
      id: 'phone-lost',
      question: '注册的手机号停用了，怎么办？',
      keywords: ['手机号注销', '换号', '销号', '手机丢了', '收不到原手机', '手机停用'],
      answer: () => [
        list(
          [
            '还记得密码：用证件号码',
            go('login', '登录'),
            '，提交',
            go('accountAppeal', '账户申诉'),
            '，用短信验证码证明新手机号，并上传证件图片。',
          ],
          [
            '密码也忘了：用新手机号重新',
            go('register', '注册'),
            '，提示证件号码已经注册时勾选“我要申诉”，再点一次“注册”，然后提交账户申诉。',
          ],
        ),
        say('申诉由所在城市的会计管理部门两名工作人员先后审核。'),
      ],
    },
    {
      id: 'change-phone',
      question: '怎么更换手机号？',
      keywords: ['改手机号', '修改手机', '换手机', '绑定手机', '新号码'],
      answer: () => [
        say(
          '登录后打开',
          go('accountPhone', '我的账户 · 更换手机号'),
          '，填写新手机号，分别获取并填写新手机号和原手机号收到的短信验证码。',
        ),
        say('原手机号已经停用的，请看', see('phone-lost', '注册的手机号停用了怎么办'), '。'),
      ],
    },
    {
      id: 'too-many-failures',
      question: '提示登录失败次数过多，怎么办？',
      keywords: ['锁定', '登不上', '登录不了', '账号被锁', '解锁', '不能登录'],
      answer: ({ signInFailures }) => [
        say(
          `一分钟内登录失败 ${signInFailures} 次的，需要稍等；一天内失败次数太多的，要等得更久。页面会写明几点以后可以再试，已经保存的内容不受影响。`,
        ),
        say('不确定密码的，请直接', go('forgotPassword', '找回密码'), '，不要反复尝试。'),
      ],
    },
    {
      id: 'captcha-unreadable',
      question: '图形验证码看不清怎么办？',
      keywords: ['看不见', '听验证码', '语音', '盲人', '读屏', '图片验证码', '声音', '换一张'],
      answer: () => [
        say(
          '点“放大”看大图，点“换一张”换一组数字，或者播放“听图形验证码”，把听到的五个数字填进去。声音和图片里的数字相同。',
        ),
      ],
    },
    {
      id: 'signed-out',
      question: '为什么自动退出了？填写的内容还在吗？',
      keywords: ['登录过期', '掉线', '超时', '退出登录', '内容丢失', '没保存'],
      answer: ({ sessionIdleMinutes, keptMinutes }) => [
        say(
          `为了安全，${sessionIdleMinutes} 分钟没有操作会自动退出登录。退出后提交的内容会保留 ${keptMinutes} 分钟，在同一个浏览器里重新`,
          go('login', '登录'),
          '后核对并保存即可。',
        ),
        say('在公共场所使用后，请点“退出”。'),
      ],
    },
    {
      id: 'account-safety',
      question: '怀疑别人登录了我的账户，怎么办？',
      keywords: ['盗号', '登录记录', '登录设备', '异地登录', '安全', '被盗'],
      answer: () => [
        say(
          '在',
          go('accountSessions', '我的账户 · 登录设备与记录'),
          '查看登录记录，让其他设备退出登录，然后修改密码。密码已经被别人改掉的，请',
          go('forgotPassword', '找回密码'),
          '。',
        ),
      ],
    },
    {
      id: 'own-data',
      question: '怎么导出自己的信息，或者注销账户？',
      keywords: ['注销', '删除账户', '下载数据', '导出', '个人信息', '销户'],
      answer: () => [
        say(
          '登录后，在',
          go('accountExport', '我的账户 · 导出本人信息'),
          '下载本人的全部信息；不再使用的，在',
          go('accountClose', '我的账户 · 注销账户'),
          '办理注销。注销后，没有办结的业务会终止。',
        ),
      ],
    },
    {
      id: 'large-type',
      question: '字太小，看着吃力怎么办？',
      keywords: ['长辈版', '老年', '大字', '字体', '高对比', '无障碍', '颜色'],
      answer: () => [
        say(
          '点页面顶部的“长辈版”，文字和按钮都会变大；点“高对比”，文字和边框更清楚。再点一次恢复。这些设置会记住一年。',
        ),
      ],
    },
  ],
}
