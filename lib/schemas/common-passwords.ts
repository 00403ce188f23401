/**
 * The passwords people choose most, in lower case, of eight characters and more (shorter ones are refused anyway):
 * digits in rows and keyboard walks, family names and love in pinyin, words of this trade (ACC-11).
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `
    !@#$%^&* !@#$%^&*( !@#$qwer !qaz2wsx !qaz@wsx 00000000 000000000 0000000000 01234567 0123456789
    09876543 0987654321 0okmnji9 100200300 10203040 1020304050 10293847 1029384756 11111111 111111111
    1111111111 11112222 111222333 11221122 112211221 11223344 1122334455 112233445566 11235813
    1123581321 12121212 121212121 1212121212 123!@#qwe 12312312 123123123 123123aa 123123abc 123123qq
    123321123 123321aa 1234!@#$ 12341234 123412345 12344321 123454321 123454321a 1234554321 123456!@#$%^
    1234560. 123456123 123456123456 123456654321 1234567! 12345678 12345678! 12345678. 123456780
    123456781 123456782 123456788 123456789 123456789! 123456789* 123456789.. 1234567890 1234567890a
    1234567890q 1234567891 12345678910 123456789123 123456789a 123456789abc 123456789asd 123456789q
    123456789qq 123456789qwe 123456789z 12345678@ 12345678a 12345678abc 12345678q 12345678q! 12345679
    1234567a 1234567q 123456987 123456a123 123456aa 123456ab 123456abc 123456asd 123456qq 123456qwe
    123456zz 12345aaa 12345abc 12345abcde 12345asdf 12345qwe 12345qwert 1234abcd 1234asdf 1234qwer
    1234rewq 123abc123 123qwe123 123qweasd 123qweasdzxc 12481632 13141314 13145200 1314520520 1314521521
    147258369 1472583690 147852369 14789632 159357456 159753456 19491001 19880808 19891989 19900101
    19901990 19990101 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz!qaz 1qaz1qaz 1qaz2wsx 1qaz2wsx3edc 1qaz@wsx
    1qazxsw2 20002000 20080808 20082008 20102010 20202020 22222222 23456789 2wsx3edc 31415926 314159265
    3141592653 321654987 33333333 34567890 369258147 3edc4rfv 44444444 456123789 456789123 4rfv5tgb
    52013140 520131400 52013145 5201314520 5201314a 520520520 5211314521 521521521 55555555 584131421
    5845201314 584520584 5tgb6yhn 66666666 6yhn7ujm 741852963 7758258258 77585210 7758521521 77777777
    789456123 7894561230 7ujm8ik, 852456123 87654321 88888888 888888888 8888888888 951753852 963258741
    963852741 98765432 987654321 9876543210 99999999 9ijnmko0 a11111111 a123123123 a1234567 a12345678
    a123456789 a1234567890 a13145200 a1b2c3d4 a1b2c3d4e5 a1s2d3f4 a5201314 a88888888 aa123123 aa123456
    aa12345678 aa123456789 aaa12345 aaa123456 aaaa1111 aaaa1234 aaaaaaaa aaaaaaaaa aaaaaaaaaa abc!@#123
    abc123123 abc12345 abc123456 abc12345678 abc123456789 abc123abc abc@1234 abcabc123 abcabcabc
    abcd1234 abcd12345 abcd123456 abcd@1234 abcde123 abcde12345 abcdefg1 abcdefg123 abcdefgh abcdefghi
    account1 account123 accountant accounting accounting1 admin!@# admin123 admin1234 admin12345
    admin123456 admin666 admin888 admin8888 admin@123 adminadmin administrator aini1314 aini5201314
    ainiyiwannian alexander alipay123 aptx4869 as123456 asd123456 asd123asd asdasdasd asdf1234 asdfasdf
    asdfghjk asdfghjkl asdfqwer asdzxc123 az123456 b123456789 baseball baseball1 basketball batman123
    beijing1 beijing2008 c123456789 caiwu123 caiwu1234 caiwu123456 caizheng caizheng123 caonima1
    caonima123 caonima123456 cc123456 changeme changeme123 charlie1 chen1234 chen123456 china123
    china1234 china123456 china2008 chuna123 chuna123456 computer computer1 computer123 d123456789
    dd123456 ddd123456 dddddddd default1 dragon123 elephant facebook facebook1 finance1 finance123
    football football1 gao123456 gongzi123 google123 guangdong guangzhou guest123 guest1234 guo123456
    h123456789 he123456 hello123 hello1234 hello12345 helloworld hh123456 huang123 huawei12#$ huawei123
    huawei@123 ilovechina iloveme1 iloveu520 iloveyou iloveyou1 iloveyou123 iloveyou1314 iloveyou2
    iloveyou520 internet iphone123 j123456789 jennifer jessica1 jj123456 jordan23 juzhang1 k123456789
    kjry1234 kjry123456 kk123456 kuaiji123 kuaiji1234 kuaiji123456 kuaijishi l123456789 letmein1
    letmein123 li123456 lin123456 linkedin liu12345 liu123456 lj123456 lkjhgfds lkjhgfdsa ll123456
    lll123456 love1234 love123456 love1314 love5201314 lovelove loveme123 loveyou1 lxl123456 ly123456
    m123456789 ma123456 master123 michael1 michaeljordan michelle microsoft mima1234 mima123456 mimamima
    mm123456 mnbvcxz1 mnbvcxzlkj monkey123 mypassword n123456789 nihao123 nihao1234 nihao123456 nihaoma1
    nihaonihao p@ssw0rd p@ssw0rd1 p@ssw0rd123 p@ssword pa$$w0rd pa55word passpass passw0rd passw0rd1
    password password! password. password01 password1 password12 password123 password1234 passwort
    plokijuh poiuytre poiuytrewq princess princess1 q1234567 q123456789 q1w2e3r4 q1w2e3r4t5 qaz123456
    qazqazqaz qazwsx12 qazwsx123 qazwsxedc qazwsxedcrfv qq111111 qq123123 qq123456 qq1234567 qq12345678
    qq123456789 qq5201314 qqqq1111 qqqqqqqq qwe!@#123 qwe123456 qwe123qwe qweasd123 qweasdqwe qweasdzxc
    qweqweqwe qwer!@#$ qwer1234 qwer12345 qwer@1234 qwerasdf qwerty12 qwerty123 qwerty1234 qwerty12345
    qwerty123456 qwertyui qwertyuio qwertyuiop renshi123 root1234 root123456 rootroot s1234567
    s123456789 samsung1 shadow123 shanghai shenzhen ss123456 sss123456 ssssssss starwars starwars1
    sun123456 sunshine sunshine1 superman superman1 t123456789 taobao123 test1234 test12345 test123456
    testtest tianjin1 tianshi1 tianxia1 trustno1 tt123456 user1234 user123456 victoria w1234567
    w123456789 wang1234 wang123456 wangwang wangwei1 weixin123 welcome1 welcome123 whatever windows1
    windows10 wj123456 woaibaba woaimama woaini11 woaini123 woaini1234 woaini12345 woaini123456
    woaini1314 woaini13145 woaini1314520 woaini520 woaini5201314 woaini521 woaini888 woaini99 woaiwojia
    woaiwoziji woaizhongguo wocaonima wodeaini wodemima woshiniba woshishei woshishui woshitiancai
    woshizhu woxihuanni wozhiaini wu123456 ww123456 www123456 wwwwwwww x123456789 xiaomi123 xiaoxiao
    xiaoxin1 xu123456 xx123456 xxxxxxxx y123456789 yang1234 yang123456 yy123456 yyy123456 z1234567
    z123456789 zaq!2wsx zaq12wsx zaq1xsw2 zaq1zaq1 zhang123 zhang1234 zhang123456 zhangwei zhao1234
    zhao123456 zhongguo zhongguo1 zhonghua zhou1234 zhou123456 zhu123456 zj123456 zxc123456 zxcasdqwe
    zxcv1234 zxcvbnm, zxcvbnm,. zxcvbnm1 zxcvbnm123 zxczxczxc zz123456 zzz123456 zzzzzzzz
  `
    .trim()
    .split(/\s+/),
)
