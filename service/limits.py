"""What every face accepts of a question: one home for the numbers that page, API and command line share."""

# Characters of a question, and questions before it. Reading a question takes time by its length.
LONGEST_QUESTION = 2000
LONGEST_HISTORY = 20
# Citations of an answer that are not an outline's.
MOST_CITATIONS = 20
USUAL_CITATIONS = 5
