"""Workbooks in and out; knows no domain and needs no Django.

``plain_sheet`` reads the first sheet of a workbook as rows of text and writes rows as a workbook
(the tables of the command line).
"""
