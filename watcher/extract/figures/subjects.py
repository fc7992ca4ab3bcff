"""subjects"""


def with_subjects(context, drafts):
    return drafts
