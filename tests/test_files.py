"""What of the files beside a page joins its text, and where each finding then is from."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.town import MEASURES, NOW
from watcher.extract import extract
from watcher.files import STAYS_AWAY, WAITED, after_waiting, beforehand, look_at, told_by_title, worth_opening
from watcher.model import AnnouncementType, Attachment, Document, Origin, Part, Unread
from watcher.read.parts import MOST_CHARS, ReadFile, join
from watcher.records.pages import FileRecord

TITLE = "某市生态环境局关于印发《支持企业绿色发展若干措施》的通知"
LETTER = "各县区分局：\n现将《支持企业绿色发展若干措施》印发给你们，请认真贯彻执行。\n附件：支持企业绿色发展若干措施"
TEXT = "\n".join(part.format(days=15, amount=300) for part in MEASURES[2:])


def file(name: str, text: str, *parts: Part, title: str | None = None) -> ReadFile:
    return ReadFile(Attachment(f"http://a.cn/{name}", name), Document(title, text, parts=parts))


def test_the_text_of_a_file_stands_behind_the_pages() -> None:
    joined = join(Document(TITLE, LETTER), [file("措施.docx", TEXT, title="支持企业绿色发展若干措施")])
    assert joined.text == f"{LETTER}\n支持企业绿色发展若干措施\n{TEXT}"
    assert joined.parts == (Part(len(LETTER) + 1, Origin("措施.docx", "http://a.cn/措施.docx")),)


def test_every_finding_says_which_file_and_page_it_is_from() -> None:
    second = TEXT.index("二、")
    made = file("措施.pdf", TEXT, Part(0, Origin(page=1)), Part(second, Origin(page=2)))
    found = extract(join(Document(TITLE, f"{LETTER}，2026年6月底前落实到位。"), [made]))
    origins = [(one.quote, one.origin and (one.origin.file, one.origin.page)) for one in found.figures]
    assert origins == [("15个工作日", ("措施.pdf", 1)), ("最高300万元", ("措施.pdf", 2))]
    assert [(one.quote, one.origin) for one in found.deadlines] == [("2026年6月底前", None)]
    assert [one.origin and one.origin.page for one in found.measures] == [1, 2, 2, 2]
    assert all(found.text[one.start : one.end] == one.quote for one in found.figures)


def test_a_page_that_is_only_its_file_is_read_by_it() -> None:
    head = "某市生态环境局文件\n某环发〔2026〕3号\n关于印发《支持企业绿色发展若干措施》的通知\n"
    found = extract(join(Document("关于印发《支持企业绿色发展若干措施》的通知", ""), [file("通知.pdf", head + TEXT)]))
    assert found.verdict.announcement
    assert (found.document_number, found.document_title) == ("某环发〔2026〕3号", "支持企业绿色发展若干措施")
    assert len(found.measures) == 4


@pytest.mark.parametrize(
    "copy",
    [
        TEXT,
        f"某市生态环境局文件\n{TEXT}\n抄送：市政府办公室",
        TEXT.replace("\n", ""),  # as a PDF's lines are joined
        TEXT.replace("，", ",").replace("15", "１５"),
    ],
    ids=["the same", "with head and foot", "joined", "other punctuation"],
)
def test_a_copy_of_the_page_adds_nothing(copy: str) -> None:
    page = Document(TITLE, f"{LETTER}\n{TEXT}")
    joined = join(page, [file("措施.docx", copy)])
    assert (joined.text, joined.parts, len(joined.attachments)) == (page.text, (), 1)


def test_of_a_longer_version_only_what_is_new_joins() -> None:
    more = "五、加强跟踪服务。为企业配备服务专员，全年走访企业不少于200家。\n六、强化宣传。各县区每季度举办政策宣讲会。"
    joined = join(Document(TITLE, TEXT), [file("全文.docx", f"{TEXT}\n{more}")])
    assert joined.text == f"{TEXT}\n{more}"
    assert [figure.quote for figure in extract(joined).figures].count("最高300万元") == 1


def test_the_same_file_twice_counts_once() -> None:
    joined = join(Document(TITLE, LETTER), [file("措施.docx", TEXT), file("措施.pdf", TEXT)])
    assert joined.text == f"{LETTER}\n{TEXT}"


def test_files_of_an_archive_keep_their_names() -> None:
    inner = Document(None, TEXT, attachments=(Attachment("", "扫描件.pdf", Unread("needs_ocr", "a scan")),),
                     parts=(Part(0, Origin("措施.docx")),))  # fmt: skip
    joined = join(Document(TITLE, ""), [ReadFile(Attachment("http://a.cn/1.zip", "附件.zip"), inner)])
    assert joined.parts[0].origin == Origin("附件.zip/措施.docx", "http://a.cn/1.zip")
    assert [one.name for one in joined.attachments] == ["附件.zip", "附件.zip/扫描件.pdf"]


def test_more_text_than_a_reader_would_want_is_left_out_and_said() -> None:
    joined = join(Document(TITLE, LETTER), [file("名单.xlsx", "某企业 300万元\n" * (MOST_CHARS // 9))])
    assert joined.text == LETTER
    assert joined.attachments[0].unread is not None
    assert joined.attachments[0].unread.code == "too_large"


@pytest.mark.parametrize(
    ("title", "text", "code", "announcement"),
    [
        (TITLE, "", "needs_ocr", True),
        (TITLE, LETTER[:20], "encrypted", True),
        (TITLE, "", "http_403", True),
        (TITLE, "", "http_404", True),
        (TITLE, "", "challenge", True),
        (TITLE, "", "damaged", True),
        (TITLE, "", "too_large", True),
        (TITLE, "", "not_a_file", True),  # a page that asks for a login came in its place
        (TITLE, "", "http_503", False),  # it is asked again soon
        (TITLE, "", "timeout_read", False),
        (TITLE, "", "crashed", False),
        (TITLE, "", "stays_away", True),  # it was, for a day
        (TITLE, "", "too_many", False),
        ("关于公布有关事项的公告", "", "needs_ocr", False),
        ("某市支持企业绿色发展若干措施（征求意见稿）公开征求意见的公告", "", "needs_ocr", False),
        (TITLE.replace("关于印发", "转发"), "市局领导开展调研。" * 40, "needs_ocr", False),
    ],
)
def test_measures_in_a_file_that_stays_shut_are_told_by_their_title(
    title: str, text: str, code: str, announcement: bool
) -> None:
    shut = Attachment("http://a.cn/1.pdf", "措施.pdf", Unread(code, "not read"))
    found = told_by_title(extract(Document(title, text, attachments=(shut,))))
    assert found.verdict.announcement is announcement


@pytest.mark.parametrize(
    ("was", "now", "waited", "counts"),
    [
        (None, "http_503", timedelta(0), "http_503"),
        ("http_503", "timeout_read", WAITED / 2, "timeout_read"),
        ("http_503", "timeout_read", WAITED, STAYS_AWAY),
        ("maintenance", "maintenance", WAITED, STAYS_AWAY),
        ("http_503", "http_403", WAITED, "http_403"),
        (STAYS_AWAY, "http_403", WAITED, "http_403"),
        (STAYS_AWAY, "http_503", timedelta(0), STAYS_AWAY),
        ("http_403", "http_503", WAITED / 2, "http_403"),
        ("http_403", "http_404", WAITED, "http_404"),
        ("too_many", "http_503", timedelta(0), "http_503"),
        ("no_file", "http_503", timedelta(0), "http_503"),
    ],
)
def test_a_file_counts_by_what_came_of_it_before(was: str | None, now: str, waited: timedelta, counts: str) -> None:
    before = None if was is None else Unread(was, "not read")
    assert after_waiting(before, Unread(now, "not read"), waited).code == counts


@pytest.mark.parametrize(
    ("code", "since", "by_age", "due"),
    [
        ("http_503", 2, 48, 22),
        ("http_503", 2, 3, 3),
        ("http_503", 2, None, 22),
        ("http_503", 30, 48, 48),  # its files are not asked any longer: a look in the past would be due for ever
        ("http_503", None, 48, 48),
        ("http_403", 2, 48, 48),
        ("http_403", 2, None, None),
    ],
)
def test_a_page_is_due_when_a_file_of_it_was_waited_for(
    code: str, since: int | None, by_age: int | None, due: int | None
) -> None:
    def hence(hours: int | None) -> datetime | None:
        return None if hours is None else NOW + timedelta(hours=hours)

    unread_since = None if since is None else hence(-since)
    file = FileRecord("http://a.cn/1", "措施", unread=Unread(code, "not read"), unread_since=unread_since)
    assert look_at(hence(by_age), [file], NOW) == hence(due)


@pytest.mark.parametrize(
    ("title", "kept", "kind"),
    [
        ("临江市人民政府关于印发若干措施的通知", True, AnnouncementType.OTHER),
        ("临江市人民政府办公室关于印发临江市加快服务业高质量发展十条的通知", True, AnnouncementType.OTHER),
        ("关于下达计划的通知（第二批）", True, AnnouncementType.OTHER),
        ("临环发〔2026〕12号", True, AnnouncementType.OTHER),
        ("临江市召开全市统计工作会议", False, AnnouncementType.OTHER),
        ("关于2026年度公开招聘工作人员的公告", False, AnnouncementType.OTHER),
        ("临江市人民政府关于加快推进制造业数字化转型的实施意见", False, AnnouncementType.MEASURES_DOCUMENT),
        ("临江市人民政府办公室关于印发支持企业发展若干政策的通知", False, AnnouncementType.MEASURES_DOCUMENT),
    ],
)
def test_an_official_document_that_only_a_scan_holds_is_kept_for_review_at_least(
    title: str, kept: bool, kind: AnnouncementType
) -> None:
    scan = Attachment("http://a.cn/1.pdf", "正文.pdf", Unread("needs_ocr", "not read"))
    verdict = told_by_title(extract(Document(title, "", attachments=(scan,)))).verdict
    assert (verdict.near_miss, verdict.type) == (kept, kind)


@pytest.mark.parametrize(
    ("title", "text", "worth"),
    [
        (TITLE, LETTER, True),
        (TITLE, "", True),
        ("关于公布有关事项的公告", "详见附件。", True),
        ("某市2026年3月建设项目环境影响报告书受理公示", "现将受理情况予以公示，公示期5个工作日。", False),
        ("二月份城市环境空气质量状况", "全市空气质量优良天数比例与上年持平，主要污染物浓度稳定。" * 20, False),
    ],
)
def test_files_are_opened_where_they_may_make_a_difference(title: str, text: str, worth: bool) -> None:
    assert worth_opening(extract(Document(title, text))) is worth


@pytest.mark.parametrize(
    ("name", "url", "refused"),
    [
        ("材料.rar", "http://a.cn/1.rar", True),
        ("材料", "http://a.cn/1.pptx?t=1", True),
        ("一图读懂.jpg", "http://a.cn/1", True),
        ("措施.pdf", "http://a.cn/1.pdf", False),
        ("措施", "http://a.cn/download?id=1", False),
    ],
)
def test_a_format_that_is_not_read_is_not_fetched(name: str, url: str, refused: bool) -> None:
    assert (beforehand(Attachment(url, name), ocr=False) is not None) is refused
