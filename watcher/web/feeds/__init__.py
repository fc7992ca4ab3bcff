"""What other programs subscribe to: the list with any filter as Atom and as JSON Feed, its deadlines as a calendar."""
