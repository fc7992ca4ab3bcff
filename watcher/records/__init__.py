"""The frozen types that the store hands out and takes in; times are aware and in UTC.

Standard library only, so that the pure modules may read them. Table classes stay in `store.tables`.
"""

from watcher.records.absences import Absence, Gone
from watcher.records.announcements import (
    AnnouncementRecord,
    Feedback,
    Filter,
    History,
    Judged,
    Judgement,
    Opinion,
    Place,
    Position,
    RevisionRecord,
    Turn,
)
from watcher.records.captures import Capture, FiledCapture, Location, Payload
from watcher.records.copies import NO_COPY, Copied, Near, Neighbour, Tie
from watcher.records.deliveries import (
    Batch,
    DeliveryRecord,
    DeliveryReport,
    Entry,
    Letter,
    Outgoing,
    Plain,
    Queue,
    Queued,
    Recipient,
    Step,
    SubscriptionRecord,
    Suppression,
    Written,
)
from watcher.records.lifecycle import Fate, Said, Saying, Statement
from watcher.records.names import Link, Links, Name, Named, Role
from watcher.records.overviews import DueDay, MonthCount
from watcher.records.pages import FileRecord, PageRecord, PageStatus
from watcher.records.passes import Action, Claim, Known, ListingMark, Look, Openings, Pass, PassEnd, Reading
from watcher.records.problem import Problem
from watcher.records.reminders import Coming, Reminder
from watcher.records.rereadings import Reread, Scope, StoredRevision
from watcher.records.sources import Gap, Health, SourceRecord, SourceState, Unreadable
from watcher.records.stories import Answered, Attempt, Compared, Course, PageStory, Telling, Told
from watcher.records.usual import Level, Rhythm, Trust, Try, Unopened, Usual

__all__ = [
    "NO_COPY",
    "Absence",
    "Action",
    "AnnouncementRecord",
    "Answered",
    "Attempt",
    "Batch",
    "Capture",
    "Claim",
    "Coming",
    "Compared",
    "Copied",
    "Course",
    "DeliveryRecord",
    "DeliveryReport",
    "DueDay",
    "Entry",
    "Fate",
    "Feedback",
    "FileRecord",
    "FiledCapture",
    "Filter",
    "Gap",
    "Gone",
    "Health",
    "History",
    "Judged",
    "Judgement",
    "Known",
    "Letter",
    "Level",
    "Link",
    "Links",
    "ListingMark",
    "Location",
    "Look",
    "MonthCount",
    "Name",
    "Named",
    "Near",
    "Neighbour",
    "Openings",
    "Opinion",
    "Outgoing",
    "PageRecord",
    "PageStatus",
    "PageStory",
    "Pass",
    "PassEnd",
    "Payload",
    "Place",
    "Plain",
    "Position",
    "Problem",
    "Queue",
    "Queued",
    "Reading",
    "Recipient",
    "Reminder",
    "Reread",
    "RevisionRecord",
    "Rhythm",
    "Role",
    "Said",
    "Saying",
    "Scope",
    "SourceRecord",
    "SourceState",
    "Statement",
    "Step",
    "StoredRevision",
    "SubscriptionRecord",
    "Suppression",
    "Telling",
    "Tie",
    "Told",
    "Trust",
    "Try",
    "Turn",
    "Unopened",
    "Unreadable",
    "Usual",
    "Written",
]
