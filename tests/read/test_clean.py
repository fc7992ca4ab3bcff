"""Characters folded, glosses and traditional forms: wording stays."""

import pytest

from watcher.read.clean import as_written, clean


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("减税１２３．５亿元，增长５％", "减税123.5亿元，增长5%"),
        ("ＥＯＤ模式", "EOD模式"),
        ("２０２４－０９－０６", "2024-09-06"),
        ("零\u200b宽\ufeff字\u00ad符", "零宽字符"),
        ("空\u00a0格\u3000和&nbsp;实体＆nbsp；", "空 格 和 实体 ；"),
        ("⼀、⼯作", "一、工作"),
        ("葛\ufe00、葛\U000e0100", "葛、葛"),
        ("\ue000图标\uf8ff", "图标"),
        ("一行\n两行", "一行\n两行"),
        ("全角标点，保留（不变）", "全角标点，保留（不变）"),
    ],
)
def test_characters_are_folded(raw: str, expected: str) -> None:
    assert clean(raw) == expected


def test_traditional_page_becomes_simplified_with_its_particles() -> None:
    raw = "環境保護廳著力優化營商環境，著名專家隨著團隊進駐園區，顯著縮短審批時間，沿著綠色發展道路前進。"
    expected = "环境保护厅着力优化营商环境，著名专家随着团队进驻园区，显著缩短审批时间，沿着绿色发展道路前进。"
    assert clean(raw) == expected


def test_simplified_page_is_left_alone() -> None:
    raw = "著名企业乾坤集团与後藤会社签约，环境局显著提高审批效率。"
    assert clean(raw) == raw


def test_glosses_go_where_a_page_glosses() -> None:
    raw = "服務(wù)企業(yè)發(fā)展，他們(men)很滿意，減少排放(VOCs)與(yǔ)能耗(kWh)。"
    assert clean(raw) == "服务企业发展，他们很满意，减少排放(VOCs)与能耗(kWh)。"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("审批提速（tí sù）40%", "审批提速40%"),
        ("优化营商环境(yōu huà yíng shāng huán jìng)，为企业减负（jiǎnfù）", "优化营商环境，为企业减负"),
        ("西安（Xī'ān）、单果（dānguǒ）、绿色（lǜ-sè）、“纾困”（shū kùn）", "西安、单果、绿色、“纾困”"),
        ("分立的声调（ti\u0301 su\u0300），他们（men）", "分立的声调，他们"),
    ],
)
def test_a_gloss_has_syllables_and_a_tone(raw: str, expected: str) -> None:
    assert clean(raw) == expected


@pytest.mark.parametrize(
    "kept",
    ["臭氧(ozone)浓度", "模式（EOD）推广（guǎng gào）X", "雀巢（Nestlé）公司", "企业（de）", "里程（km）", "（tí sù）"],
)
def test_other_words_in_brackets_are_no_glosses(kept: str) -> None:
    assert clean(kept) == kept.replace("（guǎng gào）", "")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("安排 150 亿元 资金", "安排150亿元 资金"),
        ("2023 年 3 月底前", "2023年3月底前"),
        ("济南市 | 15 | 20%", "济南市\t15\t20%"),
        ("甲 |  | 3 | ", "甲\t\t3"),
    ],
)
def test_blanks_around_numbers_close_up_but_not_between_cells(line: str, expected: str) -> None:
    assert as_written(line) == expected
