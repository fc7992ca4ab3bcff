"""What comes after a document of measures: reports that cite it, the measures of the next year, the two side by side.

    titles   what a title says: the body, the core by which it is known, the year, the kind of document
    citing   what an announcement is called, what it reports on and cites; which document a citation means
    themes   what a document is about, as far as it tells a body's series apart
    series   a body's documents, each with the reports on it, year after year
    bodies   which body is meant by what a person types
    beside   two announcements side by side: measures and figures in pairs

Pure. What is stored of it, and how it is looked up, is in `store.names`.
"""
