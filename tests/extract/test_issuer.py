from __future__ import annotations

import pytest

from watcher.extract.organs import find_bodies
from watcher.extract.places import find_issuer, find_region


def issuer(
    title: str | None,
    text: str = "",
    *,
    publisher: str | None = None,
    site: str | None = None,
    credit: str | None = None,
) -> str | None:
    return find_issuer(title, text, publisher=publisher, site=site, credit=credit)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("芜湖市科学技术局关于支持企业创新的若干措施", "芜湖市科学技术局"),
        ("安徽省芜湖市生态环境局关于服务企业的通知", "芜湖市生态环境局"),
        ("杭州市人社局 杭州市财政局关于稳岗的通知", "杭州市人力资源和社会保障局"),
        ("上海市经济信息化委等四部门关于印发措施的通知", "上海市经济和信息化委员会"),
        ("国务院办公厅关于进一步优化营商环境的意见", "国务院办公厅"),
        ("财政部 税务总局关于小微企业所得税的公告", "财政部"),
        ("国家税务总局浙江省税务局关于若干措施的通知", "国家税务总局浙江省税务局"),
        ("中国人民银行山东省分行 山东省财政厅关于贴息的通知", "中国人民银行山东省分行"),
        ("福建省人民政府办公厅关于印发若干政策的通知", "福建省人民政府办公厅"),
        ("乌鲁木齐海关出台16条措施", "乌鲁木齐海关"),
        ("义乌市场监管局：15条服务小店", "义乌市市场监督管理局"),
        ("昆山税务：优化服务助企发展", "国家税务总局昆山市税务局"),
        ("海关总署出台16条措施优化口岸营商环境", "海关总署"),
        ("国家发改委等三部门印发助企通知", "国家发展和改革委员会"),
        ("吉林市人民政府办公室关于稳增长的措施", "吉林市人民政府办公室"),
        ("浙江海事局推出便企举措", "浙江海事局"),
        ("湖南省工商局出台20条", "湖南省工商行政管理局"),
        ("深圳市前海深港现代服务业合作区管理局关于扶持的办法", "深圳市前海深港现代服务业合作区管理局"),
        (
            "上海临港出台政策：中国（上海）自由贸易试验区临港新片区管理委员会推出十条",
            "中国（上海）自由贸易试验区临港新片区管理委员会",
        ),
        ("最高人民法院发布服务民营经济25条", "最高人民法院"),
        ("【亮点】宜昌市中级人民法院为企业减负", "宜昌市中级人民法院"),
    ],
)
def test_a_title_that_names_its_body_decides(title: str, expected: str) -> None:
    assert issuer(title) == expected


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("宜昌推出18条措施", "湖北省宜昌市发改委日前出台《措施》，会同市财政局落实。", "宜昌市发展和改革委员会"),
        ("助企纾困有新招", "通化市生态环境局依托专班开展帮扶。市生态环境局要求，各分局主动上门。", "通化市生态环境局"),
        ("和平区惠企十条", "日前，沈阳市和平区政府办公室印发惠企十条。", "沈阳市和平区人民政府办公室"),
        (
            "关于支持企业的若干措施",
            "各科室：\n为支持企业……\n鹤岗市发展和改革委员会\n2024年3月5日",
            "鹤岗市发展和改革委员会",
        ),
        (
            "要素保障助企发布会",
            "发布会由衢州市要素保障组副组长、衢州市能源局副局长介绍，依托市能源局组建的专班已走访企业。",
            "衢州市能源局",
        ),
        ("服务企业见实效", "市委、市政府高度重视。安顺市商务局积极开展活动，市商务局走访企业。", "安顺市商务局"),
        ("降本二十条", "近日，广东省发展改革委、广东省财政厅、广东省商务厅联合印发措施。", "广东省发展和改革委员会"),
        ("整改方案", "通辽市制定方案。责任单位：市住建局、市水务局。通辽市生态环境局负责督导。", "通辽市生态环境局"),
        ("西安高新区出台政策", "西安高新技术产业开发区管委会近日出台政策。", "西安高新技术产业开发区管理委员会"),
        ("安康市生态环境局岚皋分局上门服务", "岚皋分局走访企业。", "安康市生态环境局岚皋分局"),
        (
            "广东税惠十条",
            "国家税务总局广东省税务局近日发布十条。根据财政部、税务总局规定执行。",
            "国家税务总局广东省税务局",
        ),
    ],
)
def test_the_body_that_acts_is_the_issuer(title: str, text: str, expected: str) -> None:
    assert issuer(title, text) == expected


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (
            "资阳举办“暖企月”活动",
            "为落实《国务院办公厅关于优化服务的若干意见》，经资阳市政府研究决定，将每年6月作为“暖企月”。",
            "资阳市人民政府",
        ),
        ("娄底十条护航企业", "据市政府新闻办消息，娄底市出台十条措施。市财政局负责人作了说明。", "娄底市人民政府"),
        ("铜陵“五个一”帮企业", "铜陵市贯彻落实国务院《关于民营经济的意见》，围绕“五个一”解难题。", "铜陵市人民政府"),
        ("太仓发布十二条", "太仓市委、市政府近日召开发布会，发布十二条。太仓市科技局局长作解读。", "太仓市人民政府"),
        (
            "助企干部进园区",
            "阆中市商务局组织干部入企。根据《四川省人民政府办公厅关于印发方案的通知》要求，逐户走访。",
            "阆中市商务局",
        ),
        (
            "乐平“三张单子”帮企业",
            "走进乐平高新区企业服务中心，人来人往。今年以来，乐平市聚焦企业所需，推出“三张单子”。"
            "市商务局走访企业，市财政局推出贴息，市税务局推出退税。",
            "乐平市人民政府",
        ),
        (
            "乐平：六个一批解难题",
            "成绩背后，是乐平市商务局的探索。年底前，乐平市还将推出新平台。市财政局、市税务局参加。",
            "乐平市商务局",
        ),
        (
            "“一业一证”激发活力",
            "在广元市利州区政务服务中心，刘女士拿到证。广元市市场监管局会同市数据局推行“一业一证”。",
            "广元市市场监督管理局",
        ),
        ("文登打造助企品牌", "近年来，威海市文登区以企业需求为导向，打造助企品牌。", "威海市文登区人民政府"),
        ("多地优化服务", "按照国务院办公厅部署，有关地方优化服务。", None),
        ("成都出台十条", "成都市新经济发展委员会近日印发十条。", "成都市新经济发展委员会"),
        ("温州交警十条", "温州市公安局交通警察支队推出便民利企十条。", "温州市公安局交通警察支队"),
    ],
)
def test_a_body_that_is_only_obeyed_or_asked_does_not_win(title: str, text: str, expected: str | None) -> None:
    assert issuer(title, text) == expected


def test_a_site_above_the_place_of_the_title_tells_what_others_do() -> None:
    text = "近日，当地推出举措。德清县发改局负责人介绍了情况。"
    assert issuer("德清县十条稳投资", text, site="浙江省发展和改革委员会") == "德清县发展和改革局"
    assert issuer("十条稳投资", "当地推出举措。", site="浙江省发展和改革委员会") == "浙江省发展和改革委员会"


def test_a_hall_is_no_body() -> None:
    assert issuer("生育津贴申领", "可前往广州市各医保分中心服务大厅或广州市便民服务大厅办理。") is None


@pytest.mark.parametrize(
    ("text", "site", "expected"),
    [
        ("日前，市发改委印发20条措施", "盐城市人民政府", "盐城市发展和改革委员会"),
        ("日前，省工信厅印发措施", "gxt.shaanxi.gov.cn", "陕西省工业和信息化厅"),
        ("自治区市场监管局日前推出举措", "内蒙古自治区人民政府", "内蒙古自治区市场监督管理局"),
        ("区商务局推出举措", "广州市白云区人民政府", "广州市白云区商务局"),
        ("州税务局推出举措", "凉山彝族自治州人民政府", "国家税务总局凉山彝族自治州税务局"),
    ],
)
def test_a_level_is_written_out_with_the_home_of_the_page(text: str, site: str, expected: str) -> None:
    assert issuer("二十条措施出台", text, site=site) == expected


def test_the_publisher_of_the_metadata_speaks_for_a_text_that_names_nobody() -> None:
    assert issuer("助企二十条", "市局印发20条", publisher="泰安市生态环境局") == "泰安市生态环境局"


def test_an_upper_body_that_is_credited_yields_to_the_one_that_acts() -> None:
    text = "黄石市生态环境局近日推出举措。黄石市生态环境局表示，将继续服务。"
    assert issuer("黄石市生态环境局优化服务", text, credit="湖北省生态环境厅") == "黄石市生态环境局"


@pytest.mark.parametrize(
    ("title", "credit", "site", "expected"),
    [
        ("各市助企举措集锦", "山东省生态环境厅", None, "山东省生态环境厅"),
        ("各市助企举措集锦", None, "山东省生态环境厅网站", "山东省生态环境厅"),
        ("枣庄助企有实招", "山东省生态环境厅", None, "枣庄市生态环境局"),
        ("各市助企举措集锦", "枣庄市生态环境局", None, "枣庄市生态环境局"),
    ],
)
def test_what_collects_several_cities_measures_is_of_the_body_above_them(
    title: str, credit: str | None, site: str | None, expected: str
) -> None:
    text = "枣庄市生态环境局近日印发15条措施，帮企业渡过难关。\n滨州市：\n滨州市生态环境局推出“环保管家”服务。"
    found = issuer(title, text, credit=credit, site=site)
    assert found == expected
    assert issuer(title, text.partition("\n")[0], credit=credit, site=site) == "枣庄市生态环境局"


@pytest.mark.parametrize("credit", ["经济日报", "新华网", "市政府新闻办公室"])
def test_newspapers_and_press_offices_are_no_issuers(credit: str) -> None:
    assert issuer("多地助企纾困", "不少企业感到政策实在。", credit=credit) is None


@pytest.mark.parametrize(
    "text",
    [
        "各市生态环境局",
        "市、县税务局",
        "全市生态环境局系统",
        "生态环境部门",
        "发展部署",
        "市政府新闻办公室",
        "海关总署以外的海关",
        "高新区企业服务中心",
    ],
)
def test_generic_words_are_no_local_body(text: str) -> None:
    assert [body for body in find_bodies(text) if body.place or body.level] == []


@pytest.mark.parametrize("city", ["南湖市", "北城市", "清河源市"])
def test_a_city_that_no_table_has_keeps_its_own_name_and_has_no_region(city: str) -> None:
    bureau = f"{city}人力资源和社会保障局"
    title = "关于申领稳岗补贴的通知"
    text = f"各企业：\n{bureau}决定开展申领工作。\n一、给予补贴1000元。\n{bureau}\n2026年5月1日"
    for headed in (title, bureau + title):
        assert issuer(headed, text) == bureau
        assert find_region(bureau, headed, text, site=None) is None


STRANGERS = [
    # In running text, whatever other cities are named beside it.
    ("近日，南湖市人社局出台助企十条，对标嘉兴市、苏州市做法，嘉兴市已兑现3亿元。", "南湖市人力资源和社会保障局"),
    ("记者从南湖市人社局获悉，该局出台助企十条，嘉兴市也有类似做法。", "南湖市人力资源和社会保障局"),
    ("在市委、市政府领导下，青原市商务局积极服务企业，学习杭州市做法。青原市商务局将走访。", "青原市商务局"),
    ("走访中，清溪区商务局为企业送政策。清溪区商务局还对接了广州市天河区商务局。", "清溪区商务局"),
    ("经验来自多地。杭州市召开会议。临泽湾县市场监管局推出举措，临泽湾县市场监管局走访。", "临泽湾县市场监督管理局"),
    ("5月6日，云岭市税务局推出举措，昆明市同步。", "国家税务总局云岭市税务局"),
    # A level alone is of the unknown city too.
    ("青原市出台措施，青原市商务局走访，学习杭州市做法。市财政局、市税务局配合。", "青原市商务局"),
]


@pytest.mark.parametrize(("text", "expected"), STRANGERS)
def test_the_bureau_of_an_unknown_place_never_becomes_another_citys(text: str, expected: str) -> None:
    found = issuer("助企十条出台", text)
    assert found == expected
    assert find_region(found, "助企十条出台", text, site=None) is None


@pytest.mark.parametrize(
    "text",
    [
        "依托市能源局组建专班，走访企业。",
        "会上，要求市能源局牵头。",
        "近日，市能源局走访企业。",
        "专班走访企业，协调市能源局解难题，联系市能源局答疑。",
        "同时，督促市能源局落实。",
        "市、区两级发力，市能源局走访企业。",
        "我市能源局走访企业。",
        "企业负责人说，感谢市能源局。",
    ],
)
def test_a_level_behind_a_verb_is_the_citys_own(text: str) -> None:
    assert issuer("助企十条出台", text, site="泰安市人民政府") == "泰安市能源局"


@pytest.mark.parametrize("text", ["高新区商务局走访企业。", "各区商务局走访企业。", "园区商务局走访，园区商务局服务。"])
def test_an_area_of_a_kind_is_no_place(text: str) -> None:
    assert issuer("助企十条出台", text) is None


def test_the_title_or_the_credit_tells_that_a_name_is_one() -> None:
    text = "走访中，云岭县市场监管局执法人员送政策。此前，昆明市市场监管局走访企业。"
    assert issuer("多措并举稳就业", text, credit="云岭县市场监管局") == "云岭县市场监督管理局"
    assert issuer("云岭县：多措并举稳就业", text) == "云岭县市场监督管理局"


def test_what_may_be_a_name_or_a_word_is_not_read() -> None:
    assert issuer("多措并举稳就业", "随后，沃野市商务局的人到了。杭州市也有类似做法。") is None


def test_the_region_of_an_unknown_place_is_the_province_written_before_it() -> None:
    text = "浙江省南湖市商务局印发十条。南湖市商务局走访企业，借鉴苏州市经验。"
    found = issuer("十条助企", text)
    region = find_region(found, "十条助企", text, site=None)
    assert (found, region and region.code) == ("南湖市商务局", "330000")


def test_a_district_keeps_its_bureaus_where_its_short_name_stands_before_a_market() -> None:
    assert issuer("南湖市场监管局关于服务企业的通知") == "嘉兴市南湖区市场监督管理局"
