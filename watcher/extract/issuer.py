"""The body whose measures a document holds or reports on, by its full name.

Every body that title, lead, signature and metadata name is a candidate; each mention adds to its weight by where it
stands, and the heaviest wins (the lead one where several issue together). Refuses newspapers, press offices, groups.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from watcher.data import divisions
from watcher.extract.acting import ACTS, CLAUSE_BEGINS, PLACE_ACTS, SIDE, acting_places
from watcher.extract.gazetteer import Place, context_of, find_places, resolve
from watcher.extract.naming import Home, full_name, home_of
from watcher.extract.organs import Body, find_bodies

Votes = dict[str, float]

HEAD, TAIL = 2500, 500
_LEAD, _ASIDE, _AUTHORITY = 600, 0.2, 0.3
_LOOK_BACK = 200
_SEVERAL = 3
_LEAST = 0.7  # more than two asides; a mention in running text counts one
_LONGEST = 300  # characters of a title or a name that are looked at
_AFTER_TITLE = re.compile(
    r"\s*(?:等[0-9一二三四五六七八九十]*(?:个?部门|家?单位)?)?\s*(?:关于|印发|发布|公告|召开|举行|出台|推出|[:：])"
)
# 在市委、市政府的坚强领导下: the one above.
_LEADS = re.compile(
    r"的?(?:坚强|正确|统一|有力|大力|关心|高度|工作|决策|具体)*(?:领导|部署|指导|支持|要求|安排|号召|关心|重视)"
)
# 经市政府研究决定 names the one that decided, 经市政府同意 the one that was asked.
_DECIDED = re.compile(r"(?:常务会议?|会议)?(?:研究)?决定")
# Words before the titles of documents that others issued and this one obeys.
_OBEYED = re.compile(
    r"(?:根据|按照|依据|依照|遵照|参照|对照|贯彻|落实|执行|学习|转发|结合|响应)[^《》，。；\n]{0,12}"
    r"(?:《[^《》\n]{1,80}》[、和及与]?)*(?:《[^《》\n]{0,60})?$"
)
_DUTIES = re.compile(r"(?:责任|牵头|配合|协同|参加|参与)(?:单位|部门|科室)?[:：][^\n。；;）)]{0,200}")
_JOINED = re.compile(r"\s*[、，,和与及]?\s*")
_HEADING = re.compile(r"\s*(?:办公室)?关于")
_ZONE_KINDS = re.compile(r"高新技术产业开发区|经济技术开发区|经济开发区|高新区|经开区|开发区")
_DATE_LINE = re.compile(
    r"^\s*[0-9〇○零一二三四五六七八九十]{4}年[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}日\s*$"
)
# What short titles call a body by: 昆山税务:…, 淮安环保 ….
_SUBJECTS = (
    ("税务", "税务局"), ("生态环境", "生态环境局"), ("环保", "生态环境局"), ("市场监管", "市场监督管理局"),
    ("人社", "人力资源和社会保障局"), ("海关", "海关"), ("公安", "公安局"), ("法院", "人民法院"),
    ("检察", "人民检察院"), ("住建", "住房和城乡建设局"), ("科技", "科学技术局"),
)  # fmt: skip


def find_issuer(
    title: str | None, text: str, *, publisher: str | None, site: str | None, credit: str | None
) -> str | None:
    """The full name of the body whose measures these are, or None where no body is named."""
    title, publisher, site, credit = ((part or "")[:_LONGEST] for part in (title, publisher, site, credit))
    windows = read_windows(text)
    home = home_of(title, windows, publisher=publisher, site=site, credit=credit)
    # A government's portal collects what it did not set out.
    above = (publisher, credit, "" if "政府" in site else site)
    if collector := _collector(title, windows, above, home):
        return collector
    votes: Votes = defaultdict(float)
    _vote_title(title, home, votes)
    _vote_text(windows, home, votes)
    _vote_place(title, windows[0][:_LEAD], home, votes)
    _vote_metadata(publisher, 6.0, home, votes)
    # A government's portal carries the news of all its departments: its name says little.
    for name, weight in ((credit, 2.0), (site, 1.0 if "政府" in site else 2.0)):
        if not _lies_above(name, title, home):
            _vote_metadata(name, weight, home, votes)
    return _heaviest(votes) or _from_subject(title, windows[0], home)


def _collector(title: str, windows: tuple[str, str], names: Iterable[str], home: Home) -> str | None:
    """The first body of `names` that stands above several cities that act, where the title is about none of them."""
    if any(not place.weak for place in find_places(title)):
        return None
    cities = {code[:4] for window in windows for code, _ in acting_places(window) if not code.endswith("0000")}
    for name in names if len(cities) > 1 else ():
        body = next(iter(find_bodies(name, home.named)), None)
        code = resolve(body.place.codes, home.weights) if body and body.place else None
        if body and code and all(divisions.load().contains(code, f"{city}00") for city in cities):
            return full_name(name, body, home)
    return None


def _heaviest(votes: Votes) -> str | None:
    """The name with most votes, where these are more than asides.

    高新区 and 高新技术产业开发区 count as one, under the longer name.
    """
    groups: dict[str, list[str]] = {}
    for name in votes:
        groups.setdefault(_ZONE_KINDS.sub("区", name), []).append(name)
    weights = {kind: sum(votes[name] for name in names) for kind, names in groups.items()}
    best = max(weights, key=lambda kind: weights[kind], default=None)
    return max(groups[best], key=len) if best and weights[best] >= _LEAST else None


def read_windows(text: str) -> tuple[str, str]:
    """The beginning and the end, where documents name their issuer; without the lists of who has to do what."""
    if len(text) > HEAD + TAIL:
        return _DUTIES.sub("", text[:HEAD]), _DUTIES.sub("", text[-TAIL:])
    return _DUTIES.sub("", text), ""


def _vote_title(title: str, home: Home, votes: Votes) -> None:
    for body in find_bodies(title, home.named):
        name = full_name(title, body, home)
        if name is None:
            continue
        leads = not title[: body.start].strip(' \t【】[]《“"') or title[: body.start].endswith(("】", "《"))
        weight = 4.0
        if leads:
            weight = 14.0 if _AFTER_TITLE.match(title, body.end) or title[body.end : body.end + 1] in " 、,，" else 10.0
        elif SIDE.search(title[: body.start]):
            weight = 1.0
        votes[name] += weight


def _vote_text(windows: tuple[str, str], home: Home, votes: Votes) -> None:
    head, tail = windows
    for window in windows:
        bodies = find_bodies(window, home.named)
        first = window is head
        for order, body in enumerate(bodies):
            name = full_name(window, body, home)
            if name is None:
                continue
            if order and _JOINED.fullmatch(window, bodies[order - 1].end, body.start):
                votes[name] += _ASIDE  # 甲局、乙局联合印发: the first leads
                continue
            act = _acts(window, bodies, order) if window is head and body.start < _LEAD else 0.0
            weight = _weight(window, body, act, local=bool(home.weights))
            votes[name] += weight + (1.5 if first and weight >= 1 else 0.0)
            first = first and weight <= _AUTHORITY
    for name in _signatures(tail or head[-TAIL:], home):
        votes[name] += 7.0


def _vote_place(title: str, lead: str, home: Home, votes: Votes) -> None:
    """近日，绵阳市出台…: the government of the place that acts, where the title is about it and no body came before."""
    about = {code for place in find_places(title) for code in place.codes}
    bodies = find_bodies(lead, home.named)
    actors = [body.start for body in bodies if _weight(lead, body, 0.0, local=True) >= 1]
    taken = {body.start for body in bodies}
    bureaus = {body.name for body in bodies if (body.place or body.level) and "政府" not in body.name}
    for place in find_places(lead[: min(actors, default=_LEAD)]):
        acts = PLACE_ACTS.match(lead, place.end) if CLAUSE_BEGINS.search(lead, 0, place.start) else None
        if acts and place.start not in taken and not place.zone and about.intersection(place.codes):
            if name := _office(lead, place, "人民政府", home):
                # Where several bureaus come up behind, each does its part of what the place set out to do.
                issued = 6.0 if len(bureaus) >= _SEVERAL else 3.0
                votes[name] += issued if acts["issues"] else 1.0
            return


def _acts(window: str, bodies: list[Body], order: int) -> float:
    """What it counts that the list of bodies beginning with this one acts, or stands above 关于… at the top."""
    body, last = bodies[order], order
    while last + 1 < len(bodies) and _JOINED.fullmatch(window, bodies[last].end, bodies[last + 1].start):
        last += 1
    end = bodies[last].end
    heads = not window[window.rfind("\n", 0, body.start) + 1 : body.start].strip()
    if heads and _HEADING.match(window, end):
        return 10.0 if ACTS.match(window, end) else 7.0
    return 3.0 if ACTS.match(window, end) else 0.0


def _weight(window: str, body: Body, act: float, *, local: bool) -> float:
    """What one mention in running text counts."""
    before = window[max(0, body.start - _LOOK_BACK) : body.start]
    if before.endswith("经") and _DECIDED.match(window, body.end):
        return 4.0
    if SIDE.search(before) or _OBEYED.search(before) or _LEADS.match(window, body.end):
        return _ASIDE
    if not body.place and not body.level:
        return _AUTHORITY if local else 1.0 + act  # a national body on a local page is obeyed and does not act
    weight = 1.0 + act
    # 市委、市政府 are named by every report.
    return 0.4 * weight if body.name in ("政府", "人民政府") and not act else weight


def _signatures(tail: str, home: Home) -> list[str]:
    """Names that stand alone on a line before the date at the end."""
    lines = tail.split("\n")
    names = []
    for above, below in pairwise(lines):
        if _DATE_LINE.match(below) and len(above) <= 80:
            bodies = find_bodies(above.strip(), home.named)
            if bodies and bodies[0].start == 0 and (name := full_name(above.strip(), bodies[0], home)):
                names.append(name)
    return names


def _lies_above(name: str, title: str, home: Home) -> bool:
    """Whether `name` is of a province or city in which the title's place lies: its site tells what others do."""
    outer, inner = (
        [code for place in find_places(part) if not place.weak and (code := resolve(place.codes, home.weights))]
        for part in (name, title)
    )
    return any(one != other and divisions.load().contains(one, other) for one in outer[:1] for other in inner)


def _vote_metadata(name: str, weight: float, home: Home, votes: Votes) -> None:
    bodies = find_bodies(name, home.named)
    if bodies and (full := full_name(name, bodies[0], home)):
        votes[full] += weight if full in votes else weight / 2


def _from_subject(title: str, head: str, home: Home) -> str | None:
    """No body is named at all: the place of the title with the branch it speaks of, else its government."""
    places = [place for place in find_places(title) if not place.weak or place.start == 0]
    if not places:
        return None
    home = home._replace(weights=home.weights + context_of(find_places(head)))
    for word, department in _SUBJECTS:
        if word in title[: places[0].end + 8]:
            return _office(title, places[0], department, home)
    told = re.search(r"市委市政府|[市县区]政府(?!办)|政府常务会", head)
    return _office(title, places[0], "人民政府", home) if told else None


def _office(text: str, place: Place, department: str, home: Home) -> str | None:
    """The full name of `department` of a place named in `text`; None for a homonym that nothing tells apart."""
    if resolve(place.codes, home.weights) is None:
        return None
    return full_name(text, Body(place.start, place.end, department, place), home)
