import { identityTypes } from '#lib/schemas/identity-number.ts'
import { identityTypeWords } from '../registration.ts'
import { go, type HelpTopic, list, say, see } from './define.ts'

export const registration: HelpTopic = {
  id: 'registration',
  title: '注册',
  lead: '证件、姓名、手机号和短信验证码。',
  questions: [
    {
      id: 'documents',
      question: '可以用哪些证件注册？',
      keywords: ['证件类型', '身份证', '护照', '外国人', '港澳', '台湾', '军官证'],
      answer: () => [
        list(...identityTypes.map((type) => identityTypeWords[type] ?? type)),
        say('一个人只注册一个账户，请使用现在有效的证件，在', go('register', '注册'), '页面填写。'),
      ],
    },
    {
      id: 'phone-taken',
      question: '手机号已经被别人注册，还能用它注册吗？',
      keywords: ['占用', '已注册', '重复注册', '二手号', '号码被用', '解绑'],
      answer: () => [
        say(
          '能。一个手机号只对应一个账户。在',
          go('register', '注册'),
          '页面填写这个手机号和收到的短信验证码，就证明号码现在由您使用；提示手机号已经用于另一个账户时，勾选“手机号现在由我使用”，再点一次“注册”，号码会从原来的账户解除。',
        ),
        say('如果原来的账户就是您自己的，不用重新注册，请直接', go('login', '登录'), '。'),
      ],
    },
    {
      id: 'number-taken',
      question: '证件号码已经被注册，但不是我注册的，怎么办？',
      keywords: ['身份证被注册', '冒用', '被占用', '已存在', '重复注册', '盗用'],
      answer: () => [
        say(
          '请继续用本人的手机号',
          go('register', '注册'),
          '。短信验证码核对无误后，页面会提示证件号码已经注册；请勾选“我要申诉”，再点一次“注册”，然后提交',
          go('accountAppeal', '账户申诉'),
          '。',
        ),
        say(
          '申诉需要上传证件人像面、证件非人像面和手持证件人像面，由所在城市的会计管理部门两名工作人员先后审核。通过后，证件号码归还给您。',
        ),
        say('如果是自己以前注册过、忘了密码，请看', see('forgot-password', '忘记密码怎么办'), '。'),
      ],
    },
    {
      id: 'code-missing',
      question: '收不到短信验证码怎么办？',
      keywords: ['没收到', '没有收到', '短信', '校验码', '动态码', '拦截', '验证码发送失败'],
      answer: ({ smsMinutes, smsPerPhonePerDay }) => [
        list(
          '核对手机号有没有填错；只能使用中国内地的手机号。',
          '查看手机的拦截短信、垃圾短信，确认没有停机、信号正常。',
          `等 ${smsMinutes} 分钟，再点“免费获取验证码”。同一个手机号每 ${smsMinutes} 分钟只发一次，每天最多 ${smsPerPhonePerDay} 次。`,
          [
            '仍然收不到的，可以先换一个本人使用的手机号注册，以后在',
            go('accountPhone', '我的账户'),
            '里更换。',
          ],
        ),
      ],
    },
    {
      id: 'code-life',
      question: '短信验证码多久有效？',
      keywords: ['过期', '失效', '有效期', '几分钟', '重新发送', '多久能再发'],
      answer: ({ smsDigits, smsMinutes, smsTries }) => [
        say(
          `短信验证码是 ${smsDigits} 位数字，${smsMinutes} 分钟内有效，只能用一次；每 ${smsMinutes} 分钟只能获取一次。输错 ${smsTries} 次后失效，需要重新获取。`,
        ),
        say('请在获取验证码的同一台设备、同一个浏览器中填写。验证码不要告诉任何人。'),
      ],
    },
    {
      id: 'rare-characters',
      question: '姓名里有生僻字，打不出来怎么办？',
      keywords: ['偏僻字', '冷僻字', '打不出', '拼音代替', '少数民族', '姓名中间的点', '间隔号', '异体字'],
      answer: ({ nameMax }) => [
        say(
          '点姓名输入框旁的“生僻字”，或打开',
          go('characters', '生僻字'),
          '页面，按拼音、按笔画和部件，或者按编码查找，选中后带回姓名框。',
        ),
        say(
          `请不要用拼音、星号或同音字代替。少数民族和外国人姓名中的间隔点照证件填写，各种写法都能识别；姓名最多 ${nameMax} 个字。`,
        ),
      ],
    },
    {
      id: 'wrong-name-or-number',
      question: '姓名或证件号码填错了怎么办？',
      keywords: ['改名', '更名', '名字错了', '身份证号错了', '修改姓名', '换证', '通行证换号', '更正'],
      answer: () => [
        list(
          ['还没有实名认证的：在', go('account', '我的账户'), '的“身份信息更正”里直接修改，立即生效。'],
          [
            '已经实名认证的：提交',
            go('accountCorrection', '身份信息更正'),
            '，上传现有证件和更正证明，由所在城市的会计管理部门两名工作人员先后审核。依法更名、换发证件后号码变化的，也这样办理。',
          ],
        ),
        say('信息采集的“基本信息”页只显示注册时的姓名和号码，不能在那里修改。'),
      ],
    },
    {
      id: 'letter-case',
      question: '证件号码中的字母要分大小写吗？',
      keywords: ['大写', '小写', 'X', '护照字母', '全角', '通行证'],
      answer: () => [
        say(
          '不分。注册和登录时，大写、小写、全角、半角字母都可以，号码前后的空格会自动去掉。身份证最后一位的 X 也一样。',
        ),
      ],
    },
    {
      id: 'collected-before',
      question: '以前在省里的平台采集过，还要再采集吗？',
      keywords: ['原省平台', '旧系统', '以前采集', '重新采集', '省平台', '重复采集'],
      answer: () => [
        say(
          '要。在原来的省级平台采集过的，也需要在这里',
          go('register', '注册'),
          '并完成',
          go('collection', '信息采集'),
          '。在这里审核通过一次就可以，以后报名考试不用重复采集。',
        ),
      ],
    },
  ],
}
