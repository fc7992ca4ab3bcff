"""The web page, its feeds and its API: what the command line shows, for browsers and other programs.

    request -> gate (host, token) -> view (a thread of the store: read, decide, render) -> response

Pages are rendered here and need no JavaScript: none is shipped, and the policy that goes with every answer lets none
run. A view reads what its page shows, in short queries, and never holds up the event loop that passes run in.
"""
