"""Who may do what, and on which enterprises: people, roles, scopes, and the walls below the views.

Three walls stand one behind another. A view without ``@permit`` answers 404 to everybody. The matrix
(``matrix.yaml``) says which role may do which act on which subject. Row-level security in the database
shows a transaction only the rows of the viewer's enterprises, whatever a query forgets to ask.

Start with :class:`guozi.access.viewer.Viewer` (what a request knows about its person) and
:func:`guozi.access.context.acting_as` (how jobs and commands become somebody).
"""
