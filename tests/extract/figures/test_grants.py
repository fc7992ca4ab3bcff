"""What a grant is named by: whom or what it is for, what it is counted per, and the gift."""

from __future__ import annotations

import pytest

from watcher.extract.figures import find_figures

CASES = [
    # Counted per a person or a thing: the unit names the grant where nobody else is named, and adds to who is.
    ("每人最高补贴6000元。", ["每人补贴"]),
    ("每台最高补贴2万元。", ["每台补贴"]),
    ("每户每年补贴3000元。", ["每户每年补贴"]),
    ("对参加技能培训的职工，每人最高补贴6000元。", ["参加技能培训的职工每人补贴"]),
    ("每家店铺最高奖励3万元。", ["每家店铺奖励"]),
    ("单个企业最高补贴50万元。", ["单个企业补贴"]),
    # Counted per a thing that is done.
    ("每招用1名就业困难人员，给予1500元补贴。", ["每招用1名就业困难人员补贴"]),
    ("招用高校毕业生的企业，每招用1人补贴2000元。", ["每招用1人补贴"]),
    ("每吸纳1名脱贫人口就业，补贴5000元。", ["每吸纳1名脱贫人口就业补贴"]),
    ("每新增1个品牌门店奖励5万元，单个企业最高50万元。", ["每新增1个品牌门店奖励", "单个企业奖励"]),
    ("每招用1名登记失业半年以上人员给予1500元补贴。", ["登记失业", "每招用1名登记失业半年以上人员补贴"]),
    # By a rate: the gift that is named behind the amount.
    ("按每人每月500元标准给予生活补贴。", ["生活补贴"]),
    ("按照每户2000元标准发放稳岗返还。", ["稳岗返还"]),
    ("企业每新招用1名高校毕业生，按每人1000元标准给予一次性扩岗补助。", ["一次性扩岗补助"]),
    # The recipient may stand between the verb and the amount.
    ("给予首次获评的省级绿色工厂一次性20万元奖励。", ["首次获评的省级绿色工厂奖励"]),
    ("一次性给予通过验收的示范社区10万元奖补。", ["通过验收的示范社区奖补"]),
    ("每引进1个总部项目，给予引荐人最高100万元奖励。", ["引荐人奖励"]),
    # A gift with a name of its own keeps it.
    ("对返乡创业人员给予一次性1万元创业补贴。", ["返乡创业人员创业补贴"]),
    # A list that is handed out: what all share is said with each.
    (
        "对国家级、省级、市级绿色工厂，分别给予100万元、50万元、20万元奖励。",
        ["国家级绿色工厂奖励", "省级绿色工厂奖励", "市级绿色工厂奖励"],
    ),
    (
        "对新认定的国家级、省级企业技术中心，分别给予200万元、100万元奖励。",
        ["新认定的国家级企业技术中心奖励", "新认定的省级企业技术中心奖励"],
    ),
    (
        "对产值首次突破10亿元、50亿元的，分别给予企业负责人20万元、80万元奖励。",
        ["产值", "产值", "产值首次突破10亿元奖励", "产值首次突破50亿元奖励"],
    ),
    ("对新认定的工作站、实践基地，分别资助100万元和50万元。", ["新认定的工作站资助", "新认定的实践基地资助"]),
    (
        "职工取得初级、中级证书的，分别补贴1000元、1500元。",
        ["职工取得初级证书补贴", "职工取得中级证书补贴"],
    ),
    (
        "（1）国家级绿色工厂，奖励50万元；（2）省级绿色工厂，奖励20万元；（3）市级绿色工厂，奖励10万元。",
        ["国家级绿色工厂奖励", "省级绿色工厂奖励", "市级绿色工厂奖励"],
    ),
    ("按层级奖励：一等奖项目，奖励30万元；二等奖项目，奖励20万元。", ["一等奖项目奖励", "二等奖项目奖励"]),
    # What is granted by a share is named by what the share is taken of; its limit by the gift.
    ("对技改项目，按设备投资额的8%给予补助，最高500万元。", ["设备投资额", "技改项目补助"]),
    # No grants: what has to be reached for one, what is measured, what is spent.
    ("营业收入每增长10%奖励5万元。", ["营业收入", "营业收入奖励"]),
    ("每万人拥有经营主体1200户。", ["经营主体"]),
    ("每家企业安排2名服务专员。", ["服务专员"]),
    ("补贴性培训资金支出3000万元。", ["补贴性培训资金支出"]),
    ("每标箱物流成本降低200元。", ["每标箱物流成本"]),
    ("每个窗口每天服务30人次。", ["每个窗口每天服务"]),
]


@pytest.mark.parametrize(("text", "subjects"), CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_grant_is_named_by_whom_it_is_for_and_what_is_given(text: str, subjects: list[str]) -> None:
    assert [figure.subject for figure in find_figures(text).figures] == subjects
