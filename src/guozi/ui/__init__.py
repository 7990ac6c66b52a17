"""How every page looks: shell, tags for figures and tables, charts, the where-from panel.

A page extends ``ui/page.html``; figures are shown with ``{% figure %}``, amounts with ``{% money %}``, states
with ``{% badge %}``. No script and no style stands in a page: the content security policy allows only files of
our own. Chinese is the language of the templates; English stands in each room's ``locale/en``.
"""
