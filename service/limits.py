"""What every face accepts of a question: one home for the numbers that page, API and command line share."""

# Characters of a question, and questions before it. Reading a question takes time by its length.
LONGEST_QUESTION = 2000
LONGEST_HISTORY = 20
# Citations of an answer that are not an outline's.
MOST_CITATIONS = 20
USUAL_CITATIONS = 5
# Words that a person may leave out, and the characters of one.
MOST_LEFT_OUT = 50
LONGEST_WORD = 100
# Documents that a conversation may be about alone, places, kinds, issuers and folders, each; and the characters of one.
MOST_WITHIN = 20
LONGEST_WITHIN = 200
# What 今年 may be read as.
EARLIEST_YEAR = 1900
LATEST_YEAR = 2100
