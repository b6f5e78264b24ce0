"""What goes to the diary and comes back from it: numbers, lists, tables. Pure: knows no rows and nothing else of ours."""
